import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import type { LibraryFormat } from '../../../shared/contract/library.ts';
import { done } from '../../lib/done.ts';
import { count } from '../../lib/formats.ts';
import { useAct } from '../../lib/queries.ts';
import { saveFile } from '../../lib/save-file.ts';
import { formatWords } from './file-formats.ts';
import { type Filters, filtersToInput, isNarrowed } from './filters.ts';

/** Saves the library, or what is shown of it, as a file. */
export function ExportMenu({ filters }: { filters: Filters }) {
  const act = useAct('library.export', {
    onSuccess: ({ fileName, bytes, count: questions }) => {
      saveFile(fileName, new Blob([bytes]));
      done(`${count(questions, 'question')} in “${fileName}”.`);
    },
  });
  const narrowed = isNarrowed(filters) || filters.archived;
  const items = (filter?: ReturnType<typeof filtersToInput>) =>
    (Object.keys(formatWords) as LibraryFormat[]).map((format) => (
      <Menu.Item key={format} onClick={() => act.mutate({ format, filter })}>
        {formatWords[format]}
      </Menu.Item>
    ));
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} />}
          rightSection={<IconChevronDown size={14} />}
          loading={act.isPending}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {narrowed && (
          <>
            <Menu.Label>What is shown</Menu.Label>
            {items(filtersToInput({ ...filters, sort: undefined }))}
            <Menu.Divider />
          </>
        )}
        <Menu.Label>Everything, the archived included</Menu.Label>
        {items()}
      </Menu.Dropdown>
    </Menu>
  );
}
