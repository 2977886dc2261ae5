import {
  Alert,
  Anchor,
  Button,
  Group,
  Input,
  NativeSelect,
  SegmentedControl,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { IconArchive, IconArrowBackUp, IconHistory } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import { Link } from 'react-router';
import type { Kit } from '../../../shared/contract/kits.ts';
import { interviewDifficulties } from '../../../shared/model/difficulty.ts';
import { kitPlannedMs, kitQuestionCount } from '../../../shared/model/kit.ts';
import { textLimits } from '../../../shared/model/limits.ts';
import { ChangedMeanwhile } from '../../components/ChangedMeanwhile.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { count, formatMoment } from '../../lib/formats.ts';
import { useOperation } from '../../lib/queries.ts';
import { difficultyWords } from '../../lib/words.ts';
import classes from './KitEditor.module.css';
import { KitItems } from './KitItems.tsx';
import { KitRubric } from './KitRubric.tsx';
import { BackToKits } from './KitScreen.tsx';
import { KitVersions } from './KitVersions.tsx';
import { useArchiveKit, useDuplicateKit, useRestoreKit } from './kit-acts.tsx';
import { draftOf, type KitDraft, useKitDraft } from './kit-draft.ts';
import { kitInWords } from './kit-in-words.ts';
import { answerTimes, plannedWords, takeCounts, thinkTimes, timeChoices } from './kit-words.ts';
import { SaveBar } from './SaveBar.tsx';
import { useKitCheck } from './use-kit-check.ts';
import { useSaveKit } from './use-save-kit.ts';

/** Writes a kit. What is changed is a draft, kept on this machine, until it is saved as the next version. */
export function KitEditor({ kit }: { kit: Kit | null }) {
  const draft = useKitDraft(kit);
  const { value, change } = draft;
  const check = useKitCheck(value);
  const save = useSaveKit(kit, draft);
  const [versionsOpened, setVersionsOpened] = useState(false);
  const { definition } = value;
  const define = (changes: Partial<KitDraft['definition']>) =>
    change({ ...value, definition: { ...definition, ...changes } });
  const questions = kitQuestionCount(definition);

  return (
    <Page>
      <PageHeader
        title={kit?.name ?? 'New kit'}
        eyebrow={<BackToKits />}
        lead={
          kit &&
          `Version ${kit.version} · ${formatMoment(kit.changedAt)} · ${kit.changedBy?.name ?? 'Parley'}`
        }
        actions={kit && <KitActions kit={kit} onShowVersions={() => setVersionsOpened(true)} />}
      />
      {kit?.archivedAt && <ArchivedNotice kit={kit} />}
      {kit && draft.isDraft && draft.base < kit.version && !save.conflict && (
        <Alert
          color="amber"
          mb="lg"
          title={`${kit.changedBy?.name ?? 'Somebody'} has changed this kit since`}
        >
          <Stack gap="sm" align="flex-start">
            What you see is your draft, which began from version {draft.base}.
            <Button size="compact-sm" variant="default" onClick={() => save.compareWith(kit)}>
              Compare and choose
            </Button>
          </Stack>
        </Alert>
      )}
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.save();
        }}
        onKeyDown={(event) => {
          // A version is made on purpose, by the button or Ctrl+S, and not by an Enter too many in some field.
          if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
        }}
        noValidate
      >
        <Section title="The kit">
          <TextInput
            label="Name"
            placeholder="Backend engineer, 45 minutes"
            maxLength={textLimits.title}
            value={value.name}
            error={save.fields.name}
            onChange={({ currentTarget }) => change({ ...value, name: currentTarget.value })}
          />
          <div>
            <Input.Label id="level-label">Level</Input.Label>
            <SegmentedControl
              aria-labelledby="level-label"
              fullWidth
              value={definition.difficulty}
              onChange={(difficulty) => define({ difficulty })}
              data={interviewDifficulties.map((each) => ({ value: each, label: difficultyWords[each] }))}
            />
          </div>
        </Section>

        <Section
          title="Questions"
          lead={
            questions > 0
              ? `${count(questions, 'question')}, ${plannedWords(kitPlannedMs(definition))}, asked in this order.`
              : 'Choose questions that everybody is asked, or rules by which they are drawn for each candidate.'
          }
        >
          <KitItems
            items={definition.items}
            kitTimes={definition}
            problems={check.itemProblems}
            onChange={(items) => define({ items })}
          />
          {check.kitProblems.map(({ message, hinders }) => (
            <Text key={message} size="sm" c={hinders ? 'var(--mantine-color-error)' : 'dimmed'} role="status">
              {message}
            </Text>
          ))}
        </Section>

        <Section title="Times and tries" lead="Of every question, unless it has times of its own.">
          <div className={classes.times}>
            <NativeSelect
              label="Time to think"
              data={timeChoices(thinkTimes, definition.thinkTimeMs)}
              value={definition.thinkTimeMs}
              onChange={({ currentTarget }) => define({ thinkTimeMs: Number(currentTarget.value) })}
            />
            <NativeSelect
              label="Time to answer"
              data={timeChoices(answerTimes, definition.answerTimeMs)}
              value={definition.answerTimeMs}
              onChange={({ currentTarget }) => define({ answerTimeMs: Number(currentTarget.value) })}
            />
            <NativeSelect
              label="Takes for each answer"
              data={takeCounts}
              value={definition.takesAllowed}
              onChange={({ currentTarget }) => define({ takesAllowed: Number(currentTarget.value) })}
            />
          </div>
        </Section>

        <Section
          title="What is judged"
          lead="Each competency with what levels 1 to 5 look like, so that two people mean the same by a 4."
        >
          <KitRubric
            competencies={definition.competencies}
            items={definition.items}
            onChange={(competencies) => define({ competencies })}
          />
        </Section>

        <Section title="Words for those who are there">
          <Textarea
            label="For the interviewer"
            description="Shown beside the questions: how to begin, what to look for, what to leave out."
            autosize
            minRows={3}
            maxRows={14}
            value={definition.instructions}
            error={save.fields['definition.instructions']}
            onChange={({ currentTarget }) => define({ instructions: currentTarget.value })}
          />
          <Textarea
            label="Welcome for the candidate"
            description="What somebody who answers alone reads before the first question."
            autosize
            minRows={2}
            maxRows={14}
            value={definition.welcome}
            error={save.fields['definition.welcome']}
            onChange={({ currentTarget }) => define({ welcome: currentTarget.value })}
          />
        </Section>

        <Section title="Consent and fairness">
          <ConsentChoice
            chosen={definition.consentName}
            error={save.fields['definition.consentName']}
            onChange={(consentName) => define({ consentName })}
          />
          <Switch
            label="Blind"
            description="Reviewers see who the candidate is once they have submitted their scorecard."
            checked={definition.blind}
            onChange={({ currentTarget }) => define({ blind: currentTarget.checked })}
          />
        </Section>

        <SaveBar
          isDraft={draft.isDraft}
          isNew={kit === null}
          blocked={Boolean(kit?.archivedAt)}
          pending={save.pending}
          failure={save.failure}
          onDiscard={draft.discard}
        />
      </form>
      {kit && save.conflict && (
        <ChangedMeanwhile
          title={`${save.conflict.changedBy?.name ?? 'Somebody'} has saved version ${save.conflict.version} meanwhile`}
          mine={kitInWords(value)}
          theirs={kitInWords(draftOf(save.conflict))}
          saveLabel={`Save mine as version ${save.conflict.version + 1}`}
          pending={save.pending}
          onKeepMine={save.keepMine}
          onTakeTheirs={save.takeTheirs}
          onClose={save.closeConflict}
        >
          {formatMoment(save.conflict.changedAt)}. This is where it differs from your draft. Whichever you do
          not choose stays: theirs among the versions, yours until you discard it.
        </ChangedMeanwhile>
      )}
      {kit && (
        <KitVersions
          kit={kit}
          hasDraft={draft.isDraft}
          opened={versionsOpened}
          onClose={() => setVersionsOpened(false)}
        />
      )}
    </Page>
  );
}

function Section({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div>
        <Title order={2} id={id}>
          {title}
        </Title>
        {lead && (
          <Text size="sm" c="dimmed">
            {lead}
          </Text>
        )}
      </div>
      {children}
    </section>
  );
}

function KitActions({ kit, onShowVersions }: { kit: Kit; onShowVersions: () => void }) {
  const duplicate = useDuplicateKit();
  const archive = useArchiveKit();
  return (
    <>
      <Button component={Link} to={`/kits/${kit.id}/preview`} variant="default">
        Preview
      </Button>
      <Button variant="default" leftSection={<IconHistory size={16} />} onClick={onShowVersions}>
        Versions
      </Button>
      <Button variant="default" onClick={() => duplicate(kit.id)}>
        Duplicate
      </Button>
      {!kit.archivedAt && (
        <Button variant="default" leftSection={<IconArchive size={16} />} onClick={() => archive(kit)}>
          Archive
        </Button>
      )}
    </>
  );
}

function ArchivedNotice({ kit }: { kit: Kit }) {
  const restore = useRestoreKit();
  return (
    <Alert color="gray" mb="lg" icon={<IconArchive size={18} aria-hidden />} title="This kit is archived">
      <Group justify="space-between" gap="sm">
        <Text size="sm">No interview can be made of it until it is restored. Those that were stay.</Text>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconArrowBackUp size={15} />}
          onClick={() => restore(kit)}
        >
          Restore
        </Button>
      </Group>
    </Alert>
  );
}

function ConsentChoice({
  chosen,
  error,
  onChange,
}: {
  chosen: string | null;
  error?: string | undefined;
  onChange: (name: string | null) => void;
}) {
  const { data: texts } = useOperation('consentTexts.list', {});
  const names = (texts ?? []).map(({ name }) => name);
  const known = chosen === null || names.includes(chosen) ? names : [...names, chosen];
  return (
    <NativeSelect
      label="Consent text"
      description={
        <>
          What the candidate is asked to agree to before anything is recorded.{' '}
          <Anchor component={Link} to="/kits/consent-texts" inherit underline="always">
            Read and change the texts
          </Anchor>
        </>
      }
      error={error}
      value={chosen ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value || null)}
      data={[
        { value: '', label: 'None: nothing is recorded' },
        ...known.map((name) => ({ value: name, label: name })),
      ]}
    />
  );
}
