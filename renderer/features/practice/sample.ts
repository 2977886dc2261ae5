import { recordingFormat } from '../../../shared/model/recording.ts';

/** Records for a moment, to be heard back and forgotten. Ends early when the stream does or when it is aborted. */
export function recordSample(stream: MediaStream, ms: number, signal: AbortSignal): Promise<Blob> {
  return new Promise((resolve, reject) => {
    const chunks: Blob[] = [];
    const encoder = new MediaRecorder(stream, {
      mimeType: recordingFormat.mimeType,
      audioBitsPerSecond: recordingFormat.bitsPerSecond,
    });
    const stop = () => {
      if (encoder.state !== 'inactive') encoder.stop();
    };
    const timer = setTimeout(stop, ms);
    signal.addEventListener('abort', stop);
    encoder.ondataavailable = ({ data }) => chunks.push(data);
    encoder.onerror = () => reject(new Error('The test recording broke off.'));
    encoder.onstop = () => {
      clearTimeout(timer);
      resolve(new Blob(chunks, { type: recordingFormat.mimeType }));
    };
    encoder.start();
  });
}
