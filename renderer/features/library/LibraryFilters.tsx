import { Button, CloseButton, MultiSelect, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { questionDifficulties } from '../../../shared/model/difficulty.ts';
import { count } from '../../lib/formats.ts';
import { useOperation } from '../../lib/queries.ts';
import { questionDifficultyWords } from '../../lib/words.ts';
import { askedChoices, type Filters, isNarrowed, noFilters, practiceChoices, sorts } from './filters.ts';
import classes from './LibraryFilters.module.css';

/** How long a person pauses in typing before it is searched, ms: short enough to feel at once. */
const pauseMs = 60;

/** The search box: what is typed shows at once, and is searched a moment later. */
export function SearchBox({
  search,
  onSearch,
  inputRef,
  onKeyDown,
  autoFocus = false,
  ...aria
}: {
  search: string;
  onSearch: (search: string) => void;
  inputRef?: RefObject<HTMLInputElement | null>;
  onKeyDown?: (event: KeyboardEvent) => void;
  autoFocus?: boolean;
  role?: 'combobox';
  'aria-controls'?: string;
  'aria-expanded'?: boolean;
  'aria-activedescendant'?: string;
}) {
  const [text, setText] = useState(search);
  const told = useRef(search);
  const tell = useRef(onSearch);
  tell.current = onSearch;
  useEffect(() => {
    // Changed from elsewhere: cleared, or by going back.
    if (search !== told.current) {
      told.current = search;
      setText(search);
    }
  }, [search]);
  useEffect(() => {
    if (text === told.current) return;
    const timer = setTimeout(() => {
      told.current = text;
      tell.current(text);
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <TextInput
      ref={inputRef}
      type="search"
      aria-label="Search the questions"
      placeholder="Search questions, tags, rubrics"
      maxLength={200}
      data-autofocus={autoFocus || undefined}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        text && <CloseButton size="sm" aria-label="Clear the search" onClick={() => setText('')} />
      }
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      className={classes.search}
      autoComplete="off"
      {...aria}
    />
  );
}

/** What the list is narrowed to and sorted by. */
export function LibraryFilters({
  filters,
  onChange,
}: {
  filters: Filters;
  onChange: (change: Partial<Filters>) => void;
}) {
  const { data: facets } = useOperation('library.facets');
  const competencies = facets?.competencies ?? [];
  const tags = [...new Set([...filters.tags, ...(facets?.tags ?? []).map(({ value }) => value)])];
  return (
    <div className={classes.bar}>
      <SegmentedControl
        aria-label="Which questions"
        value={filters.archived ? 'archived' : 'kept'}
        onChange={(value) => onChange({ archived: value === 'archived' })}
        data={[
          { value: 'kept', label: facets ? count(facets.total, 'question') : 'Questions' },
          { value: 'archived', label: facets?.archived ? `${facets.archived} archived` : 'Archived' },
        ]}
      />
      {isNarrowed(filters) && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconX size={14} />}
          className={classes.clear}
          onClick={() => onChange({ ...noFilters, ...cleared, archived: filters.archived })}
        >
          Clear the filters
        </Button>
      )}
      <div className={classes.fields}>
        <NativeSelect
          label="Competency"
          size="sm"
          value={filters.competency ?? ''}
          onChange={(event) => onChange({ competency: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: 'Any' },
            ...competencies.map(({ value, label, count }) => ({ value, label: `${label} (${count})` })),
            ...(filters.competency && !competencies.some(({ value }) => value === filters.competency)
              ? [{ value: filters.competency, label: filters.competency }]
              : []),
          ]}
        />
        <NativeSelect
          label="Difficulty"
          size="sm"
          value={filters.difficulty ?? ''}
          onChange={(event) =>
            onChange({ difficulty: questionDifficulties.find((each) => each === event.currentTarget.value) })
          }
          data={[
            { value: '', label: 'Any' },
            ...questionDifficulties.map((each) => ({ value: each, label: questionDifficultyWords[each] })),
          ]}
        />
        <MultiSelect
          label="Tags"
          size="sm"
          placeholder={filters.tags.length === 0 ? 'Any' : undefined}
          value={[...filters.tags]}
          onChange={(chosen) => onChange({ tags: chosen })}
          data={tags}
          limit={100}
          maxValues={20}
          searchable
          nothingFoundMessage="No such tag"
          hidePickedOptions
          clearable
          clearButtonProps={{ 'aria-label': 'Clear the tags' }}
        />
        <NativeSelect
          label="Practice"
          size="sm"
          value={filters.practice ?? ''}
          onChange={(event) =>
            onChange({ practice: (event.currentTarget.value || undefined) as Filters['practice'] })
          }
          data={[
            { value: '', label: 'Any' },
            ...Object.entries(practiceChoices).map(([value, label]) => ({ value, label })),
          ]}
        />
        <NativeSelect
          label="Last asked"
          size="sm"
          value={filters.asked ?? ''}
          onChange={(event) =>
            onChange({ asked: (event.currentTarget.value || undefined) as Filters['asked'] })
          }
          data={[
            { value: '', label: 'Any time' },
            ...Object.entries(askedChoices).map(([value, { label }]) => ({ value, label })),
          ]}
        />
        <NativeSelect
          label="Sort"
          size="sm"
          value={filters.sort ?? (filters.search.trim() ? 'RELEVANCE' : 'NEWEST')}
          onChange={(event) => onChange({ sort: event.currentTarget.value as Filters['sort'] })}
          data={Object.entries(sorts)
            .filter(([value]) => value !== 'RELEVANCE' || filters.search.trim())
            .map(([value, label]) => ({ value, label }))}
        />
      </div>
    </div>
  );
}

const cleared: Partial<Filters> = {
  ...{ competency: undefined, difficulty: undefined, practice: undefined, asked: undefined },
};
