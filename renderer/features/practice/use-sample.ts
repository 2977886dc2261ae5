import { useEffect, useRef, useState } from 'react';
import { reportFailure } from '../../lib/failures.ts';
import { recorder } from '../../stores/recorder.ts';
import { recordSample } from './sample.ts';

/**
 * A test recording of the open microphone, kept in this window until the next one or until the screen goes.
 *
 * @param sampleMs after so long it stops by itself
 */
export function useSample(sampleMs = 5_000) {
  const [startedAt, setStartedAt] = useState<number | null>(null);
  const [progress, setProgress] = useState(0);
  const [made, setMade] = useState<{ url: string; durationMs: number } | null>(null);
  const abort = useRef<AbortController>(null);
  const stop = useRef<AbortController>(null);

  useEffect(() => () => abort.current?.abort(), []);
  useEffect(() => () => URL.revokeObjectURL(made?.url ?? ''), [made]);
  useEffect(() => {
    if (startedAt === null) return;
    const timer = setInterval(
      () => setProgress(Math.min(1, (performance.now() - startedAt) / sampleMs)),
      200,
    );
    return () => clearInterval(timer);
  }, [startedAt, sampleMs]);

  const start = async () => {
    const { microphone } = recorder;
    if (!microphone || startedAt !== null) return;
    const controller = new AbortController();
    const stopper = new AbortController();
    abort.current = controller;
    stop.current = stopper;
    setProgress(0);
    const from = performance.now();
    setStartedAt(from);
    try {
      const blob = await recordSample(
        microphone.stream,
        sampleMs,
        AbortSignal.any([controller.signal, stopper.signal]),
      );
      if (controller.signal.aborted) return;
      setMade({ url: URL.createObjectURL(blob), durationMs: Math.min(sampleMs, performance.now() - from) });
    } catch (error) {
      reportFailure(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setStartedAt(null);
    }
  };

  return {
    state: startedAt === null ? 'idle' : 'recording',
    progress,
    url: made?.url ?? null,
    durationMs: made?.durationMs ?? null,
    start: () => void start(),
    /** Ends it before its time; what was said is there to be heard. */
    stop: () => stop.current?.abort(),
    /** Another microphone was chosen: what the last one heard is beside the point. */
    forget: () => {
      abort.current?.abort();
      setMade(null);
    },
  } as const;
}
