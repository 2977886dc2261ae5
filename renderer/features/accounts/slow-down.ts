import { useEffect, useState } from 'react';
import type { CallError } from '../../lib/client.ts';

/** Seconds until signing in may be tried again, counting down; 0 when it may. */
export function useSlowDown(failure: CallError | null): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const waitMs = failure?.code === 'SLOW_DOWN' ? Number(failure.details.retryAfterMs ?? 0) : 0;
    const until = Date.now() + waitMs;
    const left = () => Math.max(0, Math.ceil((until - Date.now()) / 1_000));
    setSeconds(left());
    if (waitMs === 0) return;
    const timer = setInterval(() => {
      setSeconds(left());
      if (left() === 0) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [failure]);
  return seconds;
}
