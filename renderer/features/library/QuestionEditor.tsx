import {
  Alert,
  Autocomplete,
  Button,
  Input,
  SegmentedControl,
  Stack,
  Switch,
  TagsInput,
  Textarea,
} from '@mantine/core';
import { useId, useState } from 'react';
import type { LibraryQuestion } from '../../../shared/contract/library.ts';
import { competencyLabel } from '../../../shared/model/competencies.ts';
import { type QuestionDifficulty, questionDifficulties } from '../../../shared/model/difficulty.ts';
import { type QuestionDraft, questionLimits, tidyDraft, tidyTag } from '../../../shared/model/library.ts';
import { ChangedMeanwhile } from '../../components/ChangedMeanwhile.tsx';
import { formatMoment } from '../../lib/formats.ts';
import { useOperation } from '../../lib/queries.ts';
import { questionDifficultyWords } from '../../lib/words.ts';
import { SaveBar } from '../kits/SaveBar.tsx';
import { ItemList } from './ItemList.tsx';
import classes from './QuestionEditor.module.css';
import { useQuestionDraft } from './question-draft.ts';
import { questionInWords } from './question-in-words.ts';
import { useSaveQuestion } from './use-save-question.ts';

const levelNames = ['Missing or wrong', 'Little', 'Solid', 'Strong', 'Outstanding'];

/** Writes a question. What is changed is a draft, kept on this machine, until it is saved as the next version. */
export function QuestionEditor({ question }: { question: LibraryQuestion | null }) {
  const draft = useQuestionDraft(question);
  const { value } = draft;
  const save = useSaveQuestion(question, draft);
  const { data: facets } = useOperation('library.facets');
  const difficultyId = useId();
  const change = (changes: Partial<QuestionDraft>) => draft.change({ ...value, ...changes });
  const { fields } = save;

  return (
    <>
      {question && draft.isDraft && draft.base < question.version && !save.conflict && (
        <Alert
          color="amber"
          mb="lg"
          title={`${question.changedBy?.name ?? 'Somebody'} has changed this question since`}
        >
          <Stack gap="sm" align="flex-start">
            What you see is your draft, which began from version {draft.base}.
            <Button size="compact-sm" variant="default" onClick={() => save.compareWith(question)}>
              Compare and choose
            </Button>
          </Stack>
        </Alert>
      )}
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save.save();
        }}
      >
        <Textarea
          label="Question"
          description="As it is put to the candidate."
          autosize
          minRows={3}
          maxLength={questionLimits.content}
          dir="auto"
          value={value.content}
          error={fields.content}
          onChange={(event) => change({ content: event.currentTarget.value })}
        />
        <div className={classes.about}>
          <Competency
            value={value.competency}
            known={(facets?.competencies ?? []).map((each) => each.value)}
            error={fields.competency}
            onChange={(competency) => change({ competency })}
          />
          <Input.Wrapper label="Difficulty" labelElement="div" labelProps={{ id: difficultyId }}>
            <div>
              <SegmentedControl
                aria-labelledby={difficultyId}
                value={value.difficulty}
                onChange={(chosen) => change({ difficulty: chosen as QuestionDifficulty })}
                data={questionDifficulties.map((each) => ({
                  value: each,
                  label: questionDifficultyWords[each],
                }))}
              />
            </div>
          </Input.Wrapper>
          <TagsInput
            label="Tags"
            placeholder={value.tags.length === 0 ? 'Enter one, and press Enter' : undefined}
            data={(facets?.tags ?? []).map((each) => each.value)}
            limit={50}
            splitChars={[',', ';']}
            maxTags={questionLimits.tags}
            value={value.tags}
            error={fields.tags ?? itemError(fields, 'tags')}
            onChange={(tags) => change({ tags: [...new Set(tags.map(tidyTag).filter(Boolean))] })}
            className={classes.tags}
          />
        </div>
        <ItemList
          title="What a good answer covers"
          hint="A point a line. Enter begins the next; Alt+↑ and Alt+↓ move one."
          itemLabel="Point"
          items={value.covers}
          errors={itemErrors(fields, 'covers')}
          onChange={(covers) => change({ covers })}
        />
        <ItemList
          title="Follow-ups"
          hint="To go deeper where the answer leaves room."
          itemLabel="Follow-up"
          items={value.probes}
          errors={itemErrors(fields, 'probes')}
          onChange={(probes) => change({ probes })}
        />
        <fieldset className={classes.levels}>
          <legend className={classes.legend}>Levels</legend>
          <p className={classes.hint}>
            What an answer looks like at each level, as behaviour that can be observed. Interviewers rate by
            these.
          </p>
          {value.levels.map((level, index) => (
            <div
              // biome-ignore lint/suspicious/noArrayIndexKey: there are five, in order
              key={index}
              className={classes.level}
            >
              <span className={classes.number} aria-hidden>
                {index + 1}
              </span>
              <Textarea
                aria-label={`Level ${index + 1}: ${levelNames[index]}`}
                placeholder={levelNames[index]}
                autosize
                minRows={2}
                maxLength={questionLimits.level}
                dir="auto"
                value={level}
                error={fields[`levels.${index}`]}
                onChange={(event) => change({ levels: value.levels.with(index, event.currentTarget.value) })}
                className={classes.anchor}
              />
            </div>
          ))}
        </fieldset>
        <Switch
          label="Candidates may practise it"
          description="Practising shows the question, its rubric and its follow-ups. Leave it off for what you ask in interviews."
          checked={value.practice}
          onChange={(event) => change({ practice: event.currentTarget.checked })}
        />
        <SaveBar
          isDraft={draft.isDraft}
          isNew={question === null}
          pending={save.pending}
          failure={save.failure}
          onDiscard={draft.discard}
        />
      </form>
      {save.conflict && (
        <ChangedMeanwhile
          title={`${save.conflict.changedBy?.name ?? 'Somebody'} has saved version ${save.conflict.version} meanwhile`}
          mine={questionInWords(tidyDraft(value))}
          theirs={questionInWords(save.conflict)}
          saveLabel={`Save mine as version ${save.conflict.version + 1}`}
          pending={save.pending}
          onKeepMine={save.keepMine}
          onTakeTheirs={save.takeTheirs}
          onClose={save.closeConflict}
        >
          {formatMoment(save.conflict.changedAt)}. This is where it differs from your draft. If you save
          yours, theirs stays among the versions; if you take theirs, your draft is gone.
        </ChangedMeanwhile>
      )}
    </>
  );
}

/** Any words will do; those that the library has are offered, by their label. */
function Competency({
  value,
  known,
  error,
  onChange,
}: {
  value: string;
  known: readonly string[];
  error?: string;
  onChange: (competency: string) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const keyOf = (text: string) =>
    known.find((key) => competencyLabel(key).toLowerCase() === text.trim().toLowerCase()) ?? text;
  return (
    <Autocomplete
      label="Competency"
      placeholder="Choose one, or write your own"
      data={known.map(competencyLabel)}
      limit={50}
      maxLength={questionLimits.competency}
      value={typed ?? competencyLabel(value)}
      error={error}
      onChange={(text) => {
        setTyped(text);
        onChange(keyOf(text));
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

function itemErrors(fields: Record<string, string>, name: string): Record<number, string> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([field]) => field.startsWith(`${name}.`))
      .map(([field, message]) => [Number(field.slice(name.length + 1)), message]),
  );
}

function itemError(fields: Record<string, string>, name: string): string | undefined {
  return Object.values(itemErrors(fields, name))[0];
}
