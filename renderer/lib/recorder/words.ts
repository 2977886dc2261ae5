import type { RecorderProblem, RecorderWarning } from './recorder-state.ts';

/** What happened, and what a person can do about it. */
export interface Words {
  title: string;
  advice: string;
}

const problems: Readonly<Record<RecorderProblem['code'], Words>> = {
  'permission-denied': {
    title: 'Parley may not use the microphone',
    advice:
      'Allow it in your system’s privacy settings (or, in a browser, beside the address), then try again.',
  },
  'no-microphone': {
    title: 'No microphone found',
    advice: 'Plug one in or switch on your headset, then try again.',
  },
  'microphone-busy': {
    title: 'The microphone cannot be opened',
    advice: 'Another program may be using it. Close calls and recorders, or choose another microphone.',
  },
  'not-supported': {
    title: 'This browser gives no access to microphones here',
    advice:
      'Open Parley at the address it printed, in a current Chromium-based browser or in the desktop app.',
  },
  'microphone-failed': {
    title: 'The microphone did not start',
    advice: 'Unplug it and plug it in again, or choose another one.',
  },
  'device-lost': {
    title: 'The microphone is gone',
    advice: 'It was unplugged, switched off or taken away. Plug it in again or choose another one.',
  },
  'encoder-failed': {
    title: 'The recording broke off',
    advice: 'Check the microphone, then record again.',
  },
  'nothing-recorded': {
    title: 'Nothing was recorded',
    advice: 'The recording was stopped before it had begun. Record again.',
  },
  'disk-full': {
    title: 'Your answer is not all on disk',
    advice:
      'Your whole answer is still in this window: save it when there is room, or save a copy elsewhere.',
  },
  'not-saved': {
    title: 'The recording could not be saved',
    advice: 'It is still in this window. Save it again, or save a copy of it to a file.',
  },
  'too-much-unsaved': {
    title: 'Too much is waiting to be saved',
    advice: 'Parley has not answered for hours. Keep this window open, or save a copy to a file.',
  },
};

export function problemWords(problem: RecorderProblem): Words {
  const { title, advice } = problems[problem.code];
  return { title, advice: 'message' in problem ? `${problem.message} ${advice}` : advice };
}

export const warningWords: Readonly<Record<RecorderWarning, Words>> = {
  'no-chunks': {
    title: 'No sound is coming from the microphone',
    advice: 'Nothing has arrived for three seconds. Check its cable, or stop and record again.',
  },
  silent: {
    title: 'We cannot hear you',
    advice: 'Is the microphone muted, turned away, or is it the wrong one?',
  },
  muted: {
    title: 'The microphone is muted',
    advice: 'Switch it on again on the device or in the system’s sound settings.',
  },
  replaced: {
    title: 'The system now uses another microphone',
    advice: 'This recording goes on with the one it began with. To use the other, record again.',
  },
  clipping: {
    title: 'You are too loud for the microphone',
    advice: 'The sound is cut off at its peaks. Move back a little, or turn the input level down.',
  },
  'disk-low': {
    title: 'The disk is getting full',
    advice:
      'Less than 500 MB is left where recordings are kept. Free some space soon; this answer is being kept.',
  },
  'disk-nearly-full': {
    title: 'The disk is nearly full',
    advice:
      'It has room for less than an hour of recording. Free some space now; what is on disk stays there.',
  },
  slept: {
    title: 'The computer was asleep',
    advice: 'What you said before is kept, and recording goes on. Nothing was recorded in between.',
  },
  'went-on-locked': {
    title: 'The screen was locked',
    advice: 'Recording went on all the while, and nothing is missing.',
  },
  'saving-slowly': {
    title: 'Saving is behind',
    advice: 'Nothing is lost: what is not on disk yet is kept in this window, so leave it open.',
  },
};
