import { Button, Code, Group, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Placeholder } from '../../components/Placeholder.tsx';
import { count, formatMoment } from '../../lib/formats.ts';
import { useOperation } from '../../lib/queries.ts';
import { formatBytes } from '../../lib/sizes.ts';
import { SettingsGroup } from './SettingsGroup.tsx';

/** Files that belong to no answer, and answers whose file is not here; for admins. */
export function Strays() {
  const { data: strays, error, refetch, isFetching } = useOperation('storage.findStrays');
  if (error) return <FailureNote error={error} onRetry={() => void refetch()} />;
  if (!strays) {
    return (
      <Placeholder label="Comparing files and answers">
        <Skeleton height={90} />
      </Placeholder>
    );
  }
  const { files, takes, elsewhere } = strays;
  return (
    <SettingsGroup
      title="Files and answers that do not match"
      lead="Parley compares the folder with its database, and never removes what it does not know."
    >
      <Stack gap="md">
        <Group gap="sm">
          <Text size="sm" role="status">
            {files.count + takes.count === 0
              ? 'Every file belongs to an answer, and every answer has its file.'
              : `${count(files.count, 'file')} without an answer (${formatBytes(files.sizeBytes)}), ${count(takes.count, 'take')} without a file.`}
            {elsewhere > 0 && ` ${count(elsewhere, 'more take')} on other machines.`}
          </Text>
          <Button size="compact-sm" variant="default" loading={isFetching} onClick={() => void refetch()}>
            Compare again
          </Button>
        </Group>
        {files.count > 0 && (
          <Listed
            title="Files without an answer"
            columns={['File', 'Size', 'Last written']}
            rows={files.rows.map(({ name, sizeBytes, modifiedAt }) => ({
              key: name,
              cells: [<Code key="name">{name}</Code>, formatBytes(sizeBytes), formatMoment(modifiedAt)],
            }))}
            total={files.count}
          />
        )}
        {takes.count > 0 && (
          <Listed
            title="Takes without a file"
            columns={['Interview and take', 'Size', 'Recorded']}
            rows={takes.rows.map(({ takeId, interviewId, sizeBytes, startedAt }) => ({
              key: takeId,
              cells: [
                <Code key="ids">
                  {interviewId}/{takeId}
                </Code>,
                sizeBytes === null ? 'Not known' : formatBytes(sizeBytes),
                formatMoment(startedAt),
              ],
            }))}
            total={takes.count}
          />
        )}
      </Stack>
    </SettingsGroup>
  );
}

function Listed({
  title,
  columns,
  rows,
  total,
}: {
  title: string;
  columns: readonly string[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
  total: number;
}) {
  return (
    <div>
      <Title order={3} size="sm" mb={6}>
        {title}
      </Title>
      <Table.ScrollContainer minWidth={420} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Table.Th key={column} style={{ whiteSpace: 'nowrap' }}>
                  {column}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ key, cells }) => (
              <Table.Tr key={key}>
                {cells.map((cell, index) => (
                  <Table.Td key={columns[index]} style={index > 0 ? { whiteSpace: 'nowrap' } : undefined}>
                    {cell}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {total > rows.length && (
        <Text size="sm" c="dimmed">
          And {(total - rows.length).toLocaleString('en')} more.
        </Text>
      )}
    </div>
  );
}
