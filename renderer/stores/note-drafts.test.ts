import { beforeEach, expect, it } from 'vitest';
import { bridge, Refusal } from '../testing/bridge.ts';
import { forgetNote, keepNote, sendNotes, typeNote, useNoteDrafts } from './note-drafts.ts';

const of = { personId: 'ada', interviewId: 'interview' };
const drafts = () => useNoteDrafts.getState()['ada interview'];
let kept: unknown[];
let made = 0;

function type(body: string): void {
  typeNote(of, body, () => {
    made += 1;
    return { id: `note ${made}`, questionId: null, atMs: made * 1_000, notedAt: '2026-03-01T10:00:00.000Z' };
  });
}

beforeEach(() => {
  useNoteDrafts.setState({}, true);
  kept = [];
  made = 0;
  bridge.answer('notes.add', ({ id, atMs, body }) => void kept.push([id, atMs, body]));
});

it('belongs to the moment at which its first letter was typed', async () => {
  type('K');
  type('Knows');
  expect(localStorage.getItem('parley-note-drafts')).toContain('Knows');
  await keepNote(of);
  expect(kept).toEqual([['note 1', 1_000, 'Knows']]);
  expect(drafts()).toBeUndefined();
});

it('is a note of its own when the next is typed before main has the last', async () => {
  let answer: () => void = () => undefined;
  bridge.answer('notes.add', ({ id, body }) => {
    kept.push([id, body]);
    return new Promise<void>((resolve) => {
      answer = resolve;
    });
  });
  type('First');
  const first = keepNote(of);
  type('Second');
  answer();
  await first;
  expect(drafts()).toMatchObject({ typing: { id: 'note 2', body: 'Second' }, sending: [] });
  bridge.answer('notes.add', ({ id, body }) => void kept.push([id, body]));
  await keepNote(of);
  expect(kept).toEqual([
    ['note 1', 'First'],
    ['note 2', 'Second'],
  ]);
});

it('stays until main has it, and is sent again under the same id', async () => {
  bridge.answer('notes.add', () => {
    throw new Refusal({ code: 'DATABASE_UNAVAILABLE', message: 'The database does not answer.' });
  });
  type('Not yet');
  await keepNote(of);
  expect(drafts()?.sending).toMatchObject([{ id: 'note 1', body: 'Not yet' }]);
  expect(localStorage.getItem('parley-note-drafts')).toContain('Not yet');
  bridge.answer('notes.add', ({ id }) => void kept.push(id));
  await sendNotes(of);
  expect(kept).toEqual(['note 1']);
  expect(drafts()).toBeUndefined();
});

it('goes when it is emptied or given up, and spaces alone are none', async () => {
  type('x');
  type('');
  expect(drafts()).toBeUndefined();
  type('  ');
  await keepNote(of);
  expect(kept).toEqual([]);
  bridge.answer('notes.add', () => {
    throw new Refusal({ code: 'NOT_FOUND', message: 'It is gone.' });
  });
  type('  words');
  await keepNote(of);
  forgetNote(of, 'note 2');
  expect(drafts()).toBeUndefined();
});
