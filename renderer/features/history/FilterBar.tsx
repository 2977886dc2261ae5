import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { interviewDifficulties } from '../../../shared/model/difficulty.ts';
import { interviewStatuses } from '../../../shared/model/interview.ts';
import { difficultyWords, statusWords } from '../../lib/words.ts';
import classes from './FilterBar.module.css';
import { type Filters, isNarrowed, sorts } from './filters.ts';

export function FilterBar({
  filters,
  onChange,
}: {
  filters: Filters;
  onChange: (change: Partial<Filters>) => void;
}) {
  return (
    <search className={classes.bar}>
      <SegmentedControl
        aria-label="Which interviews"
        value={filters.deleted ? 'deleted' : 'kept'}
        onChange={(value) => onChange({ deleted: value === 'deleted' })}
        data={[
          { value: 'kept', label: 'Interviews' },
          { value: 'deleted', label: 'Deleted' },
        ]}
      />
      <div className={classes.fields}>
        <Choice
          label="Status"
          words={statusWords}
          values={interviewStatuses}
          value={filters.status}
          onChange={(status) => onChange({ status })}
        />
        <Choice
          label="Level"
          words={difficultyWords}
          values={interviewDifficulties}
          value={filters.difficulty}
          onChange={(difficulty) => onChange({ difficulty })}
        />
        <TextInput
          type="date"
          label="From"
          size="sm"
          max={filters.until}
          value={filters.from ?? ''}
          onChange={(event) => onChange({ from: event.currentTarget.value || undefined })}
        />
        <TextInput
          type="date"
          label="Until"
          size="sm"
          min={filters.from}
          value={filters.until ?? ''}
          onChange={(event) => onChange({ until: event.currentTarget.value || undefined })}
        />
        <NativeSelect
          label="Sort"
          size="sm"
          value={filters.sort}
          onChange={(event) => onChange({ sort: event.currentTarget.value as Filters['sort'] })}
          data={Object.entries(sorts).map(([value, label]) => ({ value, label }))}
        />
      </div>
      {isNarrowed(filters) && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconX size={14} />}
          className={classes.clear}
          onClick={() =>
            onChange({
              status: undefined,
              difficulty: undefined,
              from: undefined,
              until: undefined,
            })
          }
        >
          Clear the filters
        </Button>
      )}
    </search>
  );
}

function Choice<T extends string>({
  label,
  words,
  values,
  value,
  onChange,
}: {
  label: string;
  words: Record<T, string>;
  values: readonly T[];
  value: T | undefined;
  onChange: (value: T | undefined) => void;
}) {
  return (
    <NativeSelect
      label={label}
      size="sm"
      value={value ?? ''}
      onChange={(event) => onChange(values.find((candidate) => candidate === event.currentTarget.value))}
      data={[{ value: '', label: 'Any' }, ...values.map((each) => ({ value: each, label: words[each] }))]}
    />
  );
}
