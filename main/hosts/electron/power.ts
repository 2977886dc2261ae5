import type { PowerMonitor } from 'electron';
import type { PayloadOf } from '../../../shared/contract/index.ts';
import type { Log } from '../../log.ts';

/** Tells when the computer goes to sleep and wakes up, and when its screen is locked, where the system says so. */
export function followPower(
  monitor: PowerMonitor,
  log: Log,
  tell: (change: PayloadOf<'app.powerChanged'>) => void,
): void {
  const pass = (change: PayloadOf<'app.powerChanged'>) => () => {
    log.info({ event: change }, 'power or screen lock changed');
    tell(change);
  };
  monitor.on('suspend', pass('suspend'));
  monitor.on('resume', pass('resume'));
  monitor.on('lock-screen', pass('lock'));
  monitor.on('unlock-screen', pass('unlock'));
}
