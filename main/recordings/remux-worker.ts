import { doJob } from '../worker-port.ts';
import { type Measured, measure, type Remuxed, remux } from './remux.ts';
import type { RemuxJob } from './remux-run.ts';

// A process that measures one recording, says so, and makes its finished file.

doJob<RemuxJob, Measured, Remuxed | null>(async ({ raw, draft }, say) => {
  const measured = await measure(raw);
  say(measured);
  return measured.packets > 0 ? remux(raw, draft, measured) : null;
});
