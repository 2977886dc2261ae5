import { describe, expect, it } from 'vitest';
import type { Question, Take } from '../../shared/contract/interviews.ts';
import { chosenTake, nextOpen, takesLeft, whereToGoOn } from './practice-course.ts';

function take(number: number, also: Partial<Take> = {}): Take {
  return {
    ...{ id: `take-${number}`, number, state: 'FINISHED', chosen: false, recovered: false, offered: false },
    ...{
      durationMs: 1000,
      sizeBytes: 4000,
      audioUrl: `media://takes/${number}`,
      startedAt: '2026-01-01T00:00:00Z',
    },
    ...also,
  };
}

function question(id: string, state: Question['state'], takes: Take[] = []): Question {
  return {
    ...{ id, state, position: 0, content: '', difficulty: 'EASY', competency: 'databases' },
    ...{ covers: [], probes: [], levels: [], thinkTimeMs: 0, answerTimeMs: 60_000, takesAllowed: 3 },
    answer:
      state === 'ANSWERED'
        ? {
            id: `answer-${id}`,
            transcript: '',
            score: null,
            level: null,
            audioUrl: null,
            takes,
            ...{ discarded: [], recordingsRemovedAt: null, transcriptRemovedAt: null },
          }
        : null,
  };
}

describe('the way through an interview', () => {
  it('goes to the next open question, past what is answered or skipped', () => {
    const questions = [question('1', 'ANSWERED'), question('2', 'SKIPPED'), question('3', 'NOT_ASKED')];
    expect(nextOpen(questions, '1')?.id).toBe('3');
  });

  it('comes back to an earlier one that is still open', () => {
    const questions = [question('1', 'ASKED'), question('2', 'ANSWERED')];
    expect(nextOpen(questions, '2')?.id).toBe('1');
  });

  it('ends when nothing is open', () => {
    expect(nextOpen([question('1', 'ANSWERED'), question('2', 'SKIPPED')], null)).toBeNull();
    expect(whereToGoOn([question('1', 'ANSWERED', [take(1)])])).toBeNull();
  });

  it('resumes at the question that was before the candidate', () => {
    const questions = [
      question('1', 'ANSWERED', [take(1)]),
      question('2', 'ASKED'),
      question('3', 'NOT_ASKED'),
    ];
    expect(whereToGoOn(questions)).toMatchObject({ question: { id: '2' }, review: false });
  });

  it('resumes at the answer that a crash broke off', () => {
    const broken = question('2', 'ANSWERED', [take(1, { recovered: true, offered: true })]);
    const questions = [question('1', 'ANSWERED', [take(1)]), broken, question('3', 'NOT_ASKED')];
    expect(whereToGoOn(questions)).toMatchObject({ question: { id: '2' }, review: true });
  });

  it('leaves a recovered answer alone once it is kept', () => {
    const kept = question('1', 'ANSWERED', [take(1, { recovered: true })]);
    expect(whereToGoOn([kept, question('2', 'NOT_ASKED')])).toMatchObject({ question: { id: '2' } });
  });

  it('leaves a recovered answer alone once the person has gone on from it', () => {
    const broken = question('1', 'ANSWERED', [take(1, { recovered: true, offered: true })]);
    const questions = [broken, question('2', 'ASKED'), question('3', 'NOT_ASKED')];
    expect(whereToGoOn(questions)).toMatchObject({ question: { id: '2' }, review: false });
  });

  it('counts the takes that are left, and knows the one that counts', () => {
    const answered = question('1', 'ANSWERED', [take(1, { chosen: true }), take(2)]);
    expect(takesLeft(answered)).toBe(1);
    expect(takesLeft({ ...answered, takesAllowed: 1 })).toBe(0);
    expect(chosenTake(answered)?.number).toBe(1);
    expect(chosenTake(question('1', 'ANSWERED', [take(1), take(2)]))?.number).toBe(2);
    expect(chosenTake(question('1', 'ASKED'))).toBeNull();
  });
});
