import { useEffect, useState } from 'react';

/** The time, a few times a second; a clock on screen is told by the difference to it, and so never drifts. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** How long an interview or a question has been going on, breaks left out, ms. */
export function elapsedMs(
  { startedAt, pausedAt, pausedMs = 0 }: { startedAt: string; pausedAt: string | null; pausedMs?: number },
  now: number,
): number {
  const until = pausedAt ? new Date(pausedAt).getTime() : now;
  return Math.max(0, until - new Date(startedAt).getTime() - pausedMs);
}
