import { ActionIcon, Button, Group, Menu, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconBookmark, IconBookmarkPlus, IconCheck, IconPencil, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { FilterScreen, SavedFilter } from '../../../shared/contract/find.ts';
import { done } from '../../lib/done.ts';
import { offerUndo } from '../../lib/offer-undo.tsx';
import { useAct, useOperation } from '../../lib/queries.ts';
import classes from './SavedFilters.module.css';

type Filter = SavedFilter['filter'];

/**
 * Filters of a list that a person keeps by name. Works for any list whose filter is its address: choosing one goes to
 * its address.
 */
export function SavedFilters({ screen }: { screen: FilterScreen }) {
  const [parameters, setParameters] = useSearchParams();
  const [dialog, setDialog] = useState<'none' | 'keep' | 'manage'>('none');
  const { data: filters } = useOperation('filters.list', { screen });
  const shown: Filter = Object.fromEntries(parameters);
  const current = filters?.find(({ filter }) => isSame(filter, shown));
  const isNarrowed = Object.keys(shown).length > 0;
  const close = () => setDialog('none');
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={260} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconBookmark size={16} />} className={classes.target}>
            {current?.name ?? 'Saved filters'}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {filters?.map((each) => (
            <Menu.Item
              key={each.id}
              leftSection={<IconCheck size={15} style={{ opacity: each === current ? 1 : 0 }} aria-hidden />}
              aria-current={each === current || undefined}
              onClick={() => setParameters(each.filter)}
            >
              {each.name}
            </Menu.Item>
          ))}
          {filters?.length === 0 && (
            <Menu.Label>Filter the list, then keep the filters under a name.</Menu.Label>
          )}
          {filters && filters.length > 0 && <Menu.Divider />}
          <Menu.Item
            leftSection={<IconBookmarkPlus size={15} />}
            disabled={!isNarrowed || current !== undefined}
            onClick={() => setDialog('keep')}
          >
            Keep these filters…
          </Menu.Item>
          {filters && filters.length > 0 && (
            <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => setDialog('manage')}>
              Rename or remove…
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={dialog === 'keep'} onClose={close} title="Keep these filters">
        <KeepForm screen={screen} filter={shown} onKept={close} onCancel={close} />
      </Modal>
      <Modal opened={dialog === 'manage'} onClose={close} title="Saved filters">
        <Stack gap="sm">
          {filters?.map((each) => (
            <FilterRow key={each.id} filter={each} />
          ))}
          {filters?.length === 0 && <Text c="dimmed">There are none any more.</Text>}
        </Stack>
      </Modal>
    </>
  );
}

function KeepForm({
  screen,
  filter,
  onKept,
  onCancel,
}: {
  screen: FilterScreen;
  filter: Filter;
  onKept: () => void;
  onCancel: () => void;
}) {
  const [name, setName] = useState('');
  const save = useAct('filters.save', {
    ...{ changes: ['filters.list'], showsFailure: true },
    onSuccess(saved) {
      done(`Kept as “${saved.name}”.`);
      onKept();
    },
  });
  const isTaken = save.error?.code === 'CONFLICT';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ screen, name, filter });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label="Name"
          placeholder="Seniors of this year"
          data-autofocus
          maxLength={80}
          value={name}
          error={save.error?.message}
          onChange={({ currentTarget }) => {
            setName(currentTarget.value);
            save.reset();
          }}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          {isTaken ? (
            <Button
              type="button"
              loading={save.isPending}
              onClick={() => save.mutate({ screen, name, filter, replace: true })}
            >
              Replace it
            </Button>
          ) : (
            <Button type="submit" loading={save.isPending}>
              Keep
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

function FilterRow({ filter: { id, name, screen, filter } }: { filter: SavedFilter }) {
  const [typed, setTyped] = useState(name);
  const rename = useAct('filters.rename', { changes: ['filters.list'], showsFailure: true });
  const remove = useAct('filters.remove', { changes: ['filters.list'] });
  const restore = useAct('filters.save', { changes: ['filters.list'] });
  const [removed, setRemoved] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() !== name) rename.mutate({ id, name: typed });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <TextInput
          flex={1}
          aria-label={`Name of ${name}`}
          maxLength={80}
          value={typed}
          error={rename.error?.message}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        {typed.trim() !== name && (
          <Button type="submit" variant="default" loading={rename.isPending}>
            Rename
          </Button>
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          size="input-sm"
          aria-label={`Remove ${name}`}
          title="Remove"
          disabled={removed}
          onClick={() => {
            setRemoved(true);
            remove.mutate(
              { id },
              {
                onSuccess: () =>
                  offerUndo(`“${name}” is removed`, () => restore.mutate({ screen, name, filter })),
              },
            );
          }}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </Group>
    </form>
  );
}

function isSame(one: Filter, other: Filter): boolean {
  const text = (filter: Filter) =>
    JSON.stringify(Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1)));
  return text(one) === text(other);
}
