import { create } from 'zustand';
import type { ErrorCode } from '../../shared/contract/errors.ts';
import { recordingFormat } from '../../shared/model/recording.ts';
import { CallError, call, on } from '../lib/client.ts';
import { openMicrophone } from '../lib/recorder/microphone.ts';
import { Recorder } from '../lib/recorder/recorder.ts';
import { isCapturing, type RecorderState } from '../lib/recorder/recorder-state.ts';
import type { Refusal } from '../lib/recorder/running-take.ts';

/** Failures that may pass by themselves: main restarts, is busy, or has lost its database for a moment. */
const passingCodes: ReadonlySet<ErrorCode> = new Set(['INTERNAL', 'DATABASE_UNAVAILABLE', 'SLOW_DOWN']);

function judge(error: unknown): Refusal {
  if (!(error instanceof CallError)) return { kind: 'passing', takeEnded: false };
  const takeEnded = error.details.ended === true;
  if (error.details.empty === true) return { kind: 'empty', takeEnded: true };
  if (error.code === 'DISK_FULL') return { kind: 'disk-full', takeEnded };
  return { kind: passingCodes.has(error.code) && !takeEnded ? 'passing' : 'final', takeEnded };
}

/** The one recorder of this window. */
export const recorder = new Recorder({
  openMicrophone,
  encode: (stream) =>
    new MediaRecorder(stream, {
      mimeType: recordingFormat.mimeType,
      audioBitsPerSecond: recordingFormat.bitsPerSecond,
    }),
  keeper: {
    begin: (questionId) => call('recordings.begin', { questionId, mimeType: recordingFormat.mimeType }),
    append: (takeId, sequence, bytes) => call('recordings.append', { takeId, sequence, bytes }),
    finish: (takeId) => call('recordings.finish', { takeId }),
    judge,
  },
});

/** What the recorder is doing, for the screens. */
export const useRecorder = create<RecorderState>()(() => recorder.state);

recorder.subscribe(() => useRecorder.setState(recorder.state, true));

// A browser's host is told nothing of these.
if (window.parley) {
  on('app.powerChanged', (change) => recorder.notePower(change));
  on('app.closing', () => void recorder.stop());
}

/**
 * A browser asks before it closes or reloads the page. Electron would refuse to close the window without a word, and main
 * keeps what it has been given, so there it just closes.
 */
window.addEventListener('beforeunload', (event) => {
  const { phase, unsaved } = recorder.state;
  if (!window.parley && (isCapturing(phase) || unsaved)) event.preventDefault();
});
