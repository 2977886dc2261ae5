import {
  Alert,
  Anchor,
  Button,
  Chip,
  Group,
  Input,
  NativeSelect,
  SegmentedControl,
  Slider,
  Text,
} from '@mantine/core';
import { IconMoodEmpty } from '@tabler/icons-react';
import { type FormEvent, useRef } from 'react';
import { Link, useNavigate } from 'react-router';
import type { CompetencyCount } from '../../../shared/contract/competency-count.ts';
import {
  difficultyMix,
  interviewDifficulties,
  questionDifficulties,
} from '../../../shared/model/difficulty.ts';
import { practiceLimits } from '../../../shared/model/limits.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Keys } from '../../components/Keys.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { count } from '../../lib/formats.ts';
import { useAct, useOperation } from '../../lib/queries.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { difficultyWords } from '../../lib/words.ts';
import { usePracticePreferences } from '../../stores/practice-preferences.ts';
import classes from './NewPracticeScreen.module.css';
import { answerTimes, thinkTimes } from './times.ts';

/** Chooses what the next practice interview asks and how long it gives. What was chosen last stands there already. */
export function NewPracticeScreen() {
  const competencies = useOperation('practice.competencies');
  const unfinished = useOperation('interviews.unfinished');
  return (
    <Page width={720}>
      <PageHeader
        title="New practice interview"
        lead="You answer aloud, one question at a time. Afterwards you listen to yourself and rate what you said."
      />
      {unfinished.data && (
        <Alert mb="lg" title="You are in the middle of an interview">
          <Anchor component={Link} to={`/practice/${unfinished.data.id}`}>
            Resume “{unfinished.data.title}”
          </Anchor>
          , or start another one; its answers are kept.
        </Alert>
      )}
      {competencies.error && (
        <FailureNote error={competencies.error} onRetry={() => void competencies.refetch()} />
      )}
      {competencies.data?.length === 0 && (
        <EmptyState icon={IconMoodEmpty} title="There is nothing to practise yet">
          Of the questions in the library none is marked for practice. Ask an interviewer to mark some.
        </EmptyState>
      )}
      {competencies.data && competencies.data.length > 0 && <SettingsForm competencies={competencies.data} />}
    </Page>
  );
}

function SettingsForm({ competencies }: { competencies: CompetencyCount[] }) {
  const { settings, rememberSettings } = usePracticePreferences();
  const navigate = useNavigate();
  const form = useRef<HTMLFormElement>(null);
  const create = useAct('practice.create', {
    changes: ['interviews.list'],
    onSuccess: ({ id }) => void navigate(`/practice/${id}`),
    showsFailure: true,
  });
  useShortcuts([{ keys: 'Enter', does: 'Start the interview', run: () => form.current?.requestSubmit() }]);

  const keys = competencies.map(({ key }) => key);
  const remembered = settings.competencies?.filter((key) => keys.includes(key));
  const chosen = remembered && remembered.length > 0 ? remembered : settings.competencies ? [] : keys;
  const choose = (next: string[]) =>
    rememberSettings({ ...settings, competencies: next.length === keys.length ? null : next });
  const available = competencies
    .filter(({ key }) => chosen.includes(key))
    .reduce((sum, { EASY, MEDIUM, HARD }) => sum + EASY + MEDIUM + HARD, 0);
  const tooFew = chosen.length > 0 && available < settings.questionCount;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen.length > 0 && !tooFew) create.mutate({ ...settings, competencies: chosen });
  };

  return (
    <form ref={form} className={classes.form} onSubmit={submit}>
      <section className={classes.section}>
        <Input.Label id="difficulty-label">Difficulty</Input.Label>
        <SegmentedControl
          aria-labelledby="difficulty-label"
          fullWidth
          value={settings.difficulty}
          onChange={(difficulty) => rememberSettings({ ...settings, difficulty })}
          data={interviewDifficulties.map((value) => ({ value, label: difficultyWords[value] }))}
        />
      </section>

      <section className={classes.section}>
        <Group justify="space-between" align="baseline">
          <Input.Label component="span">Questions</Input.Label>
          <Text className={classes.count} aria-hidden>
            {settings.questionCount}
          </Text>
        </Group>
        <Slider
          min={practiceLimits.questionCount.min}
          max={practiceLimits.questionCount.max}
          value={settings.questionCount}
          onChange={(questionCount) => rememberSettings({ ...settings, questionCount })}
          label={null}
          thumbLabel="Number of questions"
          thumbValueText={(value) => count(value, 'question')}
        />
        <Mix difficulty={settings.difficulty} questionCount={settings.questionCount} />
      </section>

      <section className={classes.section}>
        <Group justify="space-between" align="baseline">
          <Input.Label component="span" id="competencies-label">
            Competencies
          </Input.Label>
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={() => choose(chosen.length === keys.length ? [] : keys)}
          >
            {chosen.length === keys.length ? 'Choose none' : 'Choose all'}
          </Button>
        </Group>
        <Chip.Group multiple value={chosen} onChange={choose}>
          <Group gap="xs" role="group" aria-labelledby="competencies-label">
            {competencies.map(({ key, label, EASY, MEDIUM, HARD }) => (
              <Chip key={key} value={key} variant="light">
                {label} <span className={classes.chipCount}>{EASY + MEDIUM + HARD}</span>
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        <Text
          size="sm"
          c={chosen.length === 0 || tooFew ? 'var(--mantine-color-error)' : 'dimmed'}
          role="status"
        >
          {chosen.length === 0
            ? 'Choose at least one competency.'
            : tooFew
              ? `These hold ${count(available, 'question')} only: choose more competencies or fewer questions.`
              : `Drawn from ${count(available, 'question')}, leaving out what you were asked lately.`}
        </Text>
      </section>

      <section className={classes.times}>
        <NativeSelect
          label="Time to think"
          data={thinkTimes}
          value={settings.thinkTimeMs}
          onChange={({ currentTarget }) =>
            rememberSettings({ ...settings, thinkTimeMs: Number(currentTarget.value) })
          }
        />
        <NativeSelect
          label="Time to answer"
          data={answerTimes}
          value={settings.answerTimeMs}
          onChange={({ currentTarget }) =>
            rememberSettings({ ...settings, answerTimeMs: Number(currentTarget.value) })
          }
        />
        <NativeSelect
          label="Takes for each answer"
          data={takeCounts}
          value={settings.takesAllowed}
          onChange={({ currentTarget }) =>
            rememberSettings({ ...settings, takesAllowed: Number(currentTarget.value) })
          }
        />
      </section>

      {create.error && (
        <Alert color="red" role="alert">
          {create.error.message}
        </Alert>
      )}
      <Group>
        <Button
          type="submit"
          size="md"
          loading={create.isPending}
          disabled={chosen.length === 0 || tooFew}
          rightSection={<Keys keys="Enter" />}
        >
          Start
        </Button>
        <Text size="sm" c="dimmed">
          First you check your microphone.
        </Text>
      </Group>
    </form>
  );
}

const takeCounts = Array.from({ length: practiceLimits.takesAllowed.max }, (_, index) => ({
  value: String(index + 1),
  label: index === 0 ? '1, no second try' : String(index + 1),
}));

/** How many of the questions are easy, medium and hard, drawn and in words. */
function Mix(settings: { difficulty: (typeof interviewDifficulties)[number]; questionCount: number }) {
  const mix = difficultyMix(settings.difficulty, settings.questionCount);
  return (
    <div className={classes.mix}>
      <div className={classes.bar} aria-hidden>
        {questionDifficulties.map((name) => (
          <span key={name} className={classes.part} data-difficulty={name} style={{ flexGrow: mix[name] }} />
        ))}
      </div>
      <Text size="sm" c="dimmed">
        {mix.EASY} easy · {mix.MEDIUM} medium · {mix.HARD} hard
      </Text>
    </div>
  );
}
