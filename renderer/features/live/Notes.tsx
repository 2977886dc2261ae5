import { ActionIcon, Button, Group, Kbd, Text, Textarea, Title } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { v7 } from 'uuid';
import type { DeskInterview } from '../../../shared/contract/desk.ts';
import type { Note } from '../../../shared/contract/notes.ts';
import { FailureNote } from '../../components/FailureNote.tsx';
import { formatDuration } from '../../lib/formats.ts';
import { offerUndo } from '../../lib/offer-undo.tsx';
import { useAct, useOperation } from '../../lib/queries.ts';
import { type DraftHandle, useDraft } from '../../stores/drafts.ts';
import {
  forgetNote,
  keepNote,
  type NotesOf,
  sendNotes,
  typeNote,
  useNotesOf,
} from '../../stores/note-drafts.ts';
import { recorder } from '../../stores/recorder.ts';
import { usePerson } from '../accounts/signed-in.ts';
import classes from './Live.module.css';

/** One's notes, each at its moment of the recording. Enter keeps what is typed; it survives the window until then. */
export function Notes({ interview }: { interview: DeskInterview }) {
  const { data: notes, error, refetch } = useOperation('notes.list', { interviewId: interview.id });
  return (
    <section className={classes.notes} aria-label="Notes">
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
        <Unsent interview={interview} />
        {notes?.toReversed().map((note) => (
          <NoteRow key={note.id} note={note} interview={interview} />
        ))}
      </ul>
    </section>
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
  const of = useOwnNotes(interview);
  const { typing } = useNotesOf(of);
  const write = (body: string) => typeNote(of, body, () => ({ id: v7(), ...momentNow(interview) }));
  const pressKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void keepNote(of);
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
        value={typing?.body ?? ''}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={pressKey}
      />
      <Text size="sm" c="dimmed" mt={4}>
        <Kbd size="xs">/</Kbd> to write, <Kbd size="xs">Enter</Kbd> to keep
      </Text>
    </div>
  );
}

/** What was kept and has not reached main; it is there to be sent again, also after a crash. */
function Unsent({ interview }: { interview: DeskInterview }) {
  const { personId, interviewId } = useOwnNotes(interview);
  const { sending } = useNotesOf({ personId, interviewId });
  useEffect(() => void sendNotes({ personId, interviewId }), [personId, interviewId]);
  const of = { personId, interviewId };
  return sending.map((note) => (
    <li key={note.id} className={classes.note}>
      <Text size="sm" className={classes.prose}>
        {note.body}
      </Text>
      <Group gap="xs" mt={4}>
        <Text size="sm" c="dimmed">
          Not kept yet
        </Text>
        <Button size="compact-xs" variant="default" onClick={() => void sendNotes(of)}>
          Try again
        </Button>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => forgetNote(of, note.id)}>
          Give it up
        </Button>
      </Group>
    </li>
  ));
}

function NoteRow({ note, interview }: { note: Note; interview: DeskInterview }) {
  const { id: personId } = usePerson();
  const draft = useDraft(
    `note ${personId} ${note.id}`,
    { value: note.body, version: Date.parse(note.updatedAt) },
    (mine, saved) => mine === saved,
  );
  const [editing, setEditing] = useState(false);
  const changes = ['notes.list'] as const;
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
  return (
    <li className={classes.note}>
      <Group gap={6} justify="space-between" wrap="nowrap">
        <Text size="sm" c="dimmed">
          {question >= 0 && `Question ${question + 1}`}
          {note.atMs !== null && ` · ${formatDuration(note.atMs)}`}
          {!note.mine && ` · ${note.author.name}`}
        </Text>
        {note.mine && !editing && !draft.isDraft && (
          <Group gap={2} wrap="nowrap">
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label="Change the note"
              onClick={() => setEditing(true)}
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
      {note.mine && (editing || draft.isDraft) ? (
        <NoteEditor note={note} draft={draft} autoFocus={editing} onDone={() => setEditing(false)} />
      ) : (
        <Text size="sm" className={classes.prose}>
          {note.body}
        </Text>
      )}
    </li>
  );
}

/** What is being written is a draft of this machine until it is saved; another window's words are not overwritten unseen. */
function NoteEditor({
  note,
  draft,
  autoFocus,
  onDone,
}: {
  note: Note;
  draft: DraftHandle<string>;
  autoFocus: boolean;
  onDone: () => void;
}) {
  const change = useAct('notes.change', {
    changes: ['notes.list'],
    showsFailure: true,
    onSuccess: () => {
      draft.discard();
      onDone();
    },
  });
  const save = (seen: number) =>
    change.mutate({ id: note.id, seen: new Date(seen).toISOString(), body: draft.value });
  const giveUp = () => {
    draft.discard();
    onDone();
  };
  const theirs = change.error?.code === 'CONFLICT' ? change.error.details : null;
  return (
    <>
      <Textarea
        aria-label="The note"
        autosize
        autoFocus={autoFocus}
        value={draft.value}
        onChange={(event) => draft.change(event.currentTarget.value)}
      />
      {change.error && (
        <Text size="sm" role="alert" mt={6}>
          {change.error.message}
          {theirs && ` There it says: “${String(theirs.body)}”`}
        </Text>
      )}
      <Group gap="xs" mt={6}>
        {theirs ? (
          <Button
            size="compact-sm"
            loading={change.isPending}
            onClick={() => save(Date.parse(String(theirs.updatedAt)))}
          >
            Save mine
          </Button>
        ) : (
          <Button size="compact-sm" loading={change.isPending} onClick={() => save(draft.base)}>
            Save
          </Button>
        )}
        <Button size="compact-sm" variant="default" onClick={giveUp}>
          {theirs ? 'Take theirs' : 'Cancel'}
        </Button>
      </Group>
    </>
  );
}

function useOwnNotes({ id: interviewId }: DeskInterview): NotesOf {
  return { personId: usePerson().id, interviewId };
}
