import { describe, expect, it } from 'vitest';
import { idleState, type RecorderState } from '../lib/recorder/recorder-state.ts';
import { spokenDuration, whatToSay } from './announcements.ts';

const recording: RecorderState = { ...idleState, phase: 'recording', limitMs: 60_000, elapsedMs: 10_000 };

describe('what a screen reader hears of a recording', () => {
  it('hears that the recording started and how long it may last', () => {
    expect(whatToSay({ ...recording, phase: 'thinking' }, recording)).toBe(
      'Recording started. You have 1 minute.',
    );
    expect(whatToSay({ ...recording, phase: 'paused' }, recording)).toBe('Recording again.');
  });

  it('hears of 30 and of 10 seconds left, once each, and of no other second', () => {
    const heard: string[] = [];
    let before = recording;
    for (let elapsedMs = 10_000; elapsedMs < 60_000; elapsedMs += 250) {
      const after = { ...recording, elapsedMs };
      const text = whatToSay(before, after);
      if (text) heard.push(text);
      before = after;
    }
    expect(heard).toEqual(['30 seconds left.', '10 seconds left.']);
  });

  it('hears no warning that a short limit makes senseless', () => {
    const short = { ...recording, limitMs: 30_000, elapsedMs: 0 };
    expect(whatToSay(short, { ...short, elapsedMs: 250 })).toBeNull();
  });

  it('hears that the answer is saved, and why it stopped', () => {
    const saved: RecorderState = { ...recording, phase: 'saved', elapsedMs: 60_000, stoppedAtLimit: true };
    expect(whatToSay({ ...recording, phase: 'finishing' }, saved)).toBe(
      'Time is up. Your answer is saved: 1 minute.',
    );
  });

  it('hears what went wrong and what is kept', () => {
    const lost: RecorderState = {
      ...recording,
      phase: 'interrupted',
      problem: { code: 'device-lost' },
      saved: { takeId: 't', durationMs: 9_000, audioUrl: 'media://takes/t' },
    };
    expect(whatToSay({ ...recording, phase: 'finishing' }, lost)).toMatch(
      /^The microphone is gone\. .* What you said until then is saved\.$/,
    );
  });

  it('hears that the answer waits for a microphone, and why none opens', () => {
    const lost: RecorderState = { ...recording, phase: 'paused', problem: { code: 'device-lost' } };
    expect(whatToSay(recording, lost)).toMatch(/^The microphone is gone\. What you said is kept\./);
    const none: RecorderState = { ...lost, problem: { code: 'no-microphone' } };
    expect(whatToSay(lost, none)).toMatch(/^No microphone found\./);
    expect(whatToSay(lost, { ...recording, elapsedMs: 10_100 })).toBe('Recording again.');
  });

  it('hears a new warning once', () => {
    const silent: RecorderState = { ...recording, warnings: ['silent'] };
    expect(whatToSay(recording, silent)).toMatch(/^We cannot hear you\./);
    expect(whatToSay(silent, { ...silent, elapsedMs: 10_250 })).toBeNull();
  });

  it('says durations in words', () => {
    expect(spokenDuration(0)).toBe('0 seconds');
    expect(spokenDuration(1_000)).toBe('1 second');
    expect(spokenDuration(90_000)).toBe('1 minute 30 seconds');
    expect(spokenDuration(120_000)).toBe('2 minutes');
  });
});
