import { homedir } from 'node:os';
import type { HealthReport, LogLine } from '../../shared/contract/health.ts';
import { scrubLine } from '../log-scrubbing.ts';

/**
 * A report and lines of the log as text that a person can hand to somebody. What would tell who they are is taken out:
 * the home folder, which is named after them, and the server's address. The log itself never had what was said, typed or
 * signed in with (see log-scrubbing.ts).
 */
export function diagnosticsText(report: HealthReport, lines: readonly LogLine[]): string {
  const { versions, database, recordings, backups, failedJobs, log } = report;
  const text = [
    `Parley ${versions.parley} on ${versions.system}, ${report.checkedAt}`,
    versions.runtime.map(({ name, version }) => `${name} ${version}`).join(', '),
    '',
    `Database: ${database.kind}, ${database.kind === 'server' ? 'address left out' : database.place}`,
    `  version ${database.version ?? 'not known'}, schema ${database.schema ?? 'not known'}, ${database.sizeBytes ?? '?'} bytes`,
    `Recordings: ${recordings.folder}${recordings.there ? '' : ', which is not there'}`,
    `  ${recordings.files} files, ${recordings.sizeBytes} bytes, ${recordings.freeBytes} bytes free`,
    `  without an answer ${recordings.strays?.files ?? '?'}, without a file ${recordings.strays?.takes ?? '?'}, unfinished ${recordings.unfinished}`,
    `Backups: ${backups.daily ? 'daily' : 'not daily'}${backups.there ? '' : ', whose folder is not there'}, the last ${backups.last ? `${backups.last.madeAt} (${backups.last.reason}), ${backups.last.verifiedAt ? 'verified' : 'not verified'}` : 'never'}`,
    ...failedJobs.map(
      ({ kind, times, failedAt, why }) => `Failed: ${kind}, ${times} times, the last ${failedAt}: ${why}`,
    ),
    `Log: ${log.errors} errors in seven days, the last ${log.lastErrorAt ?? 'never'}`,
    '',
    ...lines.map(({ at, level, message, details }) =>
      `${at} ${level} ${message} ${details.replaceAll(/\s*\n\s*/g, ' ')}`.trimEnd(),
    ),
  ].join('\n');
  return withoutHome(scrubLine(text));
}

/** Paths tell the name of the account. In JSON, Windows' backslashes are doubled. */
function withoutHome(text: string): string {
  return [homedir(), JSON.stringify(homedir()).slice(1, -1)]
    .filter((home) => home.length > 1)
    .reduce((rest, home) => rest.replaceAll(home, '~'), text);
}
