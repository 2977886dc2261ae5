import { ActionIcon, Button, Group, Kbd, Text, Textarea, Title } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { v7 } from 'uuid';
import type { DeskInterview } from '../../../shared/contract/desk.ts';
import type { Note } from '../../../shared/contract/notes.ts';
import { FailureNote } from '../../components/FailureNote.tsx';
import { formatDuration } from '../../lib/formats.ts';
import { offerUndo } from '../../lib/offer-undo.tsx';
import { useAct, useOperation } from '../../lib/queries.ts';
import { useNoteDrafts } from '../../stores/note-drafts.ts';
import { recorder } from '../../stores/recorder.ts';
import { usePerson } from '../accounts/signed-in.ts';
import classes from './Live.module.css';

/** One's notes, each at its moment of the recording. Enter keeps what is typed; it survives the window until then. */
export function Notes({ interview }: { interview: DeskInterview }) {
  const { data: notes, error, refetch } = useOperation('notes.list', { interviewId: interview.id });
  return (
    <aside className={classes.notes} aria-label="Notes">
      <Title order={2} size="h3">
        Notes
      </Title>
      <NoteField interview={interview} />
      {error && <FailureNote error={error} onRetry={() => void refetch()} />}
      {notes?.length === 0 && (
        <Text size="sm" c="dimmed">
          What you jot down is stamped with its moment, so that you find it in the recording again.
        </Text>
      )}
      <ul className={classes.noteList}>
        {notes?.toReversed().map((note) => (
          <NoteRow key={note.id} note={note} interview={interview} />
        ))}
      </ul>
    </aside>
  );
}

/** Where the interview is now; a note belongs to the moment at which it was begun. */
function momentNow(interview: DeskInterview) {
  const { phase, questionId, elapsedMs } = recorder.state;
  const recorded = phase === 'recording' && questionId === interview.currentQuestionId;
  return {
    questionId: interview.currentQuestionId,
    atMs: recorded ? elapsedMs : null,
    notedAt: new Date().toISOString(),
  };
}

function NoteField({ interview }: { interview: DeskInterview }) {
  const { id: personId } = usePerson();
  const key = `${personId} ${interview.id}`;
  const draft = useNoteDrafts((drafts) => drafts[key]);
  const write = (body: string) => {
    if (body === '') useNoteDrafts.setState({ [key]: undefined });
    else useNoteDrafts.setState({ [key]: { ...(draft ?? { id: v7(), ...momentNow(interview) }), body } });
  };
  const add = useAct('notes.add', {
    changes: ['notes.list'],
    onSuccess: () => {
      // What was typed on meanwhile is another note.
      const latest = useNoteDrafts.getState()[key];
      const sent = add.variables;
      if (latest && sent && latest.id === sent.id && latest.body.trim() === sent.body.trim())
        useNoteDrafts.setState({ [key]: undefined });
    },
  });
  const keep = () => {
    if (!draft || draft.body.trim() === '' || add.isPending) return;
    add.mutate({ interviewId: interview.id, ...draft });
  };
  const pressKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      keep();
    } else if (event.key === 'Escape') event.currentTarget.blur();
  };
  return (
    <div>
      <Textarea
        id="note"
        aria-label="A note"
        placeholder="Write a note"
        autosize
        minRows={2}
        maxRows={8}
        value={draft?.body ?? ''}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={pressKey}
      />
      <Text size="sm" c="dimmed" mt={4}>
        <Kbd size="xs">/</Kbd> to write, <Kbd size="xs">Enter</Kbd> to keep
      </Text>
    </div>
  );
}

function NoteRow({ note, interview }: { note: Note; interview: DeskInterview }) {
  const [editing, setEditing] = useState(false);
  const [body, setBody] = useState(note.body);
  const changes = ['notes.list'] as const;
  const change = useAct('notes.change', { changes, onSuccess: () => setEditing(false) });
  const add = useAct('notes.add', { changes });
  const remove = useAct('notes.remove', {
    changes,
    onSuccess: () =>
      offerUndo('The note is deleted.', () => {
        const { id, questionId, atMs, notedAt } = note;
        add.mutate({ interviewId: interview.id, id, questionId, atMs, notedAt, body: note.body });
      }),
  });
  const question = interview.questions.findIndex(({ id }) => id === note.questionId);
  const save = () => change.mutate({ id: note.id, seen: note.updatedAt, body });
  return (
    <li className={classes.note}>
      <Group gap={6} justify="space-between" wrap="nowrap">
        <Text size="sm" c="dimmed">
          {question >= 0 && `Question ${question + 1}`}
          {note.atMs !== null && ` · ${formatDuration(note.atMs)}`}
          {!note.mine && ` · ${note.author.name}`}
        </Text>
        {note.mine && !editing && (
          <Group gap={2} wrap="nowrap">
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label="Change the note"
              onClick={() => {
                setBody(note.body);
                setEditing(true);
              }}
            >
              <IconPencil size={14} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label="Delete the note"
              onClick={() => remove.mutate({ id: note.id })}
            >
              <IconTrash size={14} />
            </ActionIcon>
          </Group>
        )}
      </Group>
      {editing ? (
        <>
          <Textarea
            aria-label="The note"
            autosize
            autoFocus
            value={body}
            onChange={(event) => setBody(event.currentTarget.value)}
          />
          <Group gap="xs" mt={6}>
            <Button size="compact-sm" loading={change.isPending} onClick={save}>
              Save
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => setEditing(false)}>
              Cancel
            </Button>
          </Group>
        </>
      ) : (
        <Text size="sm" className={classes.prose}>
          {note.body}
        </Text>
      )}
    </li>
  );
}
