import { Button, Textarea } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { textLimits } from '../../shared/model/limits.ts';
import {
  editTranscript,
  flushTranscript,
  type TranscriptKeeper,
  useTranscriptDrafts,
} from '../stores/transcript-drafts.ts';
import classes from './TranscriptEditor.module.css';

/** The words of an answer, typed or corrected by hand; saved as one types. Give it the question's id as key. */
export function TranscriptEditor({
  questionId,
  transcript,
  label = 'Transcript',
  placeholder = 'Type what was said, as much of it as helps you',
  minRows = 4,
  keeper,
}: {
  questionId: string;
  /** What is kept so far. */
  transcript: string;
  label?: string;
  placeholder?: string;
  minRows?: number;
  keeper?: TranscriptKeeper;
}) {
  const draft = useTranscriptDrafts((drafts) => drafts[questionId]);
  const [edited, setEdited] = useState(draft !== undefined);
  useEffect(() => () => flushTranscript(questionId), [questionId]);
  return (
    <div className={classes.editor}>
      <Textarea
        label={label}
        placeholder={placeholder}
        autosize
        minRows={minRows}
        maxRows={24}
        maxLength={textLimits.transcript}
        classNames={{ input: classes.text }}
        value={draft?.text ?? transcript}
        onChange={(event) => {
          setEdited(true);
          editTranscript(questionId, event.currentTarget.value, keeper);
        }}
        onBlur={() => flushTranscript(questionId)}
      />
      <div className={classes.state} role="status">
        {edited && !draft && (
          <>
            <IconCheck size={14} stroke={2.2} aria-hidden /> Saved
          </>
        )}
        {/* Not read aloud at every pause; only the outcome is. */}
        {draft && draft.state !== 'failed' && <span aria-hidden>Saving…</span>}
      </div>
      {draft?.state === 'failed' && (
        <div className={classes.failure} role="alert">
          <IconAlertTriangle size={16} aria-hidden className={classes.icon} />
          <span>Not saved yet: {draft.message} Your words stay here, and Parley keeps trying.</span>
          <Button size="compact-xs" variant="default" onClick={() => flushTranscript(questionId)}>
            Try now
          </Button>
        </div>
      )}
    </div>
  );
}
