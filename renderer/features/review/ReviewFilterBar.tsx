import { Button, Select, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useOperation } from '../../lib/queries.ts';
import { isNarrowed, type ReviewFilters } from './filters.ts';
import classes from './ReviewFilterBar.module.css';

/** Narrows what is compared: by kit and time, and, where many questions are shown, by what they are about. */
export function ReviewFilterBar({
  filters,
  onChange,
  byQuestion = false,
}: {
  filters: ReviewFilters;
  onChange: (change: Partial<ReviewFilters>) => void;
  byQuestion?: boolean;
}) {
  const kits = useOperation('kits.list', { limit: 100 });
  const { data: facets } = useOperation('library.facets', undefined, { enabled: byQuestion });
  return (
    <search className={classes.bar}>
      <Select
        label="Kit"
        placeholder="Any"
        searchable
        clearable
        data={withChosen(
          (kits.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name })),
          filters.kit,
          'Another kit',
        )}
        value={filters.kit ?? null}
        onChange={(kit) => onChange({ kit: kit ?? undefined })}
      />
      {byQuestion && (
        <>
          <Select
            label="Competency"
            placeholder="Any"
            searchable
            clearable
            data={withChosen(
              (facets?.competencies ?? []).map(({ value, label }) => ({ value, label })),
              filters.competency,
              filters.competency,
            )}
            value={filters.competency ?? null}
            onChange={(competency) => onChange({ competency: competency ?? undefined })}
          />
          <Select
            label="Tag"
            placeholder="Any"
            searchable
            clearable
            limit={100}
            data={withChosen(
              (facets?.tags ?? []).map(({ value }) => ({ value, label: value })),
              filters.tag,
              filters.tag,
            )}
            value={filters.tag ?? null}
            onChange={(tag) => onChange({ tag: tag ?? undefined })}
          />
        </>
      )}
      <TextInput
        type="date"
        label="From"
        max={filters.until}
        value={filters.from ?? ''}
        onChange={(event) => onChange({ from: event.currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        label="Until"
        min={filters.from}
        value={filters.until ?? ''}
        onChange={(event) => onChange({ until: event.currentTarget.value || undefined })}
      />
      {isNarrowed(filters) && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconX size={14} />}
          onClick={() => onChange(nothing)}
        >
          Clear
        </Button>
      )}
    </search>
  );
}

const nothing: ReviewFilters = {
  ...{ kit: undefined, competency: undefined, tag: undefined, from: undefined, until: undefined },
};

/** What is chosen is among the choices, whatever main lists: it may come from an address. */
function withChosen(
  choices: { value: string; label: string }[],
  chosen: string | undefined,
  label: string | undefined,
): { value: string; label: string }[] {
  if (!chosen || choices.some(({ value }) => value === chosen)) return choices;
  return [...choices, { value: chosen, label: label ?? chosen }];
}
