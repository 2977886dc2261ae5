import { doJob } from '../worker-port.ts';
import { listen } from './remux.ts';
import type { Heard } from './sound-check.ts';

// A process that decodes one recording and says how loud it is over time.

doJob<string, never, Heard>((file) => listen(file));
