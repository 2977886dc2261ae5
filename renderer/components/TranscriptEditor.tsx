import { Button, Group, Text, Textarea } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { textLimits } from '../../shared/model/limits.ts';
import { editTranscript, flushTranscript, useTranscriptDrafts } from '../stores/transcript-drafts.ts';
import classes from './TranscriptEditor.module.css';

/** The words of an answer, typed or corrected by hand; saved as one types. Give it the question's id as key. */
export function TranscriptEditor({
  questionId,
  transcript,
  label = 'Transcript',
  minRows = 4,
}: {
  questionId: string;
  /** What is kept so far. */
  transcript: string;
  label?: string;
  minRows?: number;
}) {
  const draft = useTranscriptDrafts((drafts) => drafts[questionId]);
  const [edited, setEdited] = useState(draft !== undefined);
  useEffect(() => () => flushTranscript(questionId), [questionId]);
  return (
    <div>
      <Textarea
        label={label}
        placeholder="Type what was said, as much of it as helps you"
        autosize
        minRows={minRows}
        maxRows={24}
        maxLength={textLimits.transcript}
        classNames={{ input: classes.text }}
        value={draft?.text ?? transcript}
        onChange={(event) => {
          setEdited(true);
          editTranscript(questionId, event.currentTarget.value);
        }}
        onBlur={() => flushTranscript(questionId)}
      />
      <div className={classes.state} role="status">
        {draft?.state === 'failed' ? (
          <Group gap="xs" c="red" wrap="nowrap" align="flex-start">
            <IconAlertTriangle size={15} aria-hidden className={classes.icon} />
            <Text size="xs" c="var(--mantine-color-error)">
              Not saved yet. {draft.message} Your words stay here meanwhile.
            </Text>
            <Button size="compact-xs" variant="default" onClick={() => flushTranscript(questionId)}>
              Try again
            </Button>
          </Group>
        ) : (
          edited &&
          (draft ? (
            // Not read aloud at every pause; only the outcome is.
            <span aria-hidden>Saving…</span>
          ) : (
            <>
              <IconCheck size={14} stroke={2.2} aria-hidden className={classes.icon} /> Saved
            </>
          ))
        )}
      </div>
    </div>
  );
}
