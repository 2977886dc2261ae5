import { Code } from '@mantine/core';
import type { HealthReport } from '../../../shared/contract/health.ts';
import { Facts } from '../../components/Facts.tsx';
import { count, formatMoment } from '../../lib/formats.ts';
import { formatBytes } from '../../lib/sizes.ts';
import { SettingsGroup } from '../settings/SettingsGroup.tsx';

export function HealthFacts({ report }: { report: HealthReport }) {
  const { versions, database, recordings, backups, log } = report;
  return (
    <SettingsGroup title="What is here">
      <Facts
        facts={[
          { name: 'Parley', value: versions.parley },
          { name: 'System', value: versions.system },
          ...versions.runtime.map(({ name, version }) => ({ name, value: version })),
          { name: 'PostgreSQL', value: database.version ?? 'Not known' },
          { name: 'Database', value: <Code>{database.place}</Code> },
          { name: 'Schema', value: <Code>{database.schema ?? 'none'}</Code> },
          ...(database.schemaRun
            ? [{ name: 'Applied', value: formatMoment(database.schemaRun.appliedAt) }]
            : []),
          {
            name: 'Recordings',
            value: `${formatBytes(recordings.sizeBytes)} in ${count(recordings.files, 'file')}`,
          },
          { name: 'Last backup', value: backups.last ? formatMoment(backups.last.madeAt) : 'None yet' },
          { name: 'Log', value: <Code>{log.folder}</Code> },
        ]}
      />
    </SettingsGroup>
  );
}
