import { Loader, VisuallyHidden } from '@mantine/core';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Person } from '../../../shared/contract/accounts.ts';
import { Keys } from '../../components/Keys.tsx';
import { count } from '../../lib/formats.ts';
import { useOperation } from '../../lib/queries.ts';
import type { Shortcut } from '../../lib/shortcuts.ts';
import { foundEntries } from './found-entries.ts';
import classes from './Palette.module.css';
import { matching, type PaletteEntry, usePaletteActions } from './palette-actions.tsx';

export function openPalette(): void {
  spotlight.open();
}

/**
 * Finds people, interviews, questions and kits, and does whatever can be done from anywhere. Opens by Ctrl+K or ⌘K on
 * every screen, also while typing. Mantine opens and closes it; the list is ours, since its own says nothing to a screen
 * reader.
 */
export function Palette({ person, shortcuts }: { person: Person; shortcuts: readonly Shortcut[] }) {
  return (
    <Spotlight.Root
      shortcut="mod + K"
      tagsToIgnore={[]}
      triggerOnContentEditable
      size={640}
      title="Find anything, do anything"
      centered={false}
      classNames={{ content: classes.content, header: classes.hidden }}
      // At once: what is typed meanwhile would go elsewhere.
      transitionProps={{ duration: 0 }}
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
    >
      <Finder person={person} shortcuts={shortcuts} />
    </Spotlight.Root>
  );
}

function Finder({ person, shortcuts }: { person: Person; shortcuts: readonly Shortcut[] }) {
  const [typed, setTyped] = useState('');
  const text = typed.trim();
  const { entries, isSearching, failure } = useEntries(person, shortcuts, text);
  const [chosenId, setChosenId] = useState<string>();
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  const listId = useId();
  // The one that was chosen stays it while more is found; what is gone gives way to the first.
  const chosen = Math.max(
    0,
    entries.findIndex(({ id }) => id === chosenId),
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: when another one is chosen
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest' });
  }, [chosen, text]);

  const choose = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    spotlight.close();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const last = entries.length - 1;
    const to = {
      ArrowDown: chosen === last ? 0 : chosen + 1,
      ArrowUp: chosen === 0 ? last : chosen - 1,
      PageDown: Math.min(last, chosen + 8),
      PageUp: Math.max(0, chosen - 8),
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      setChosenId(entries[to]?.id);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(entries[chosen]);
    }
  };
  const optionId = (entry: PaletteEntry | undefined) => entry && `${listId}-${entry.id.replaceAll(' ', '-')}`;

  return (
    <>
      <div className={classes.field}>
        <IconSearch size={18} aria-hidden />
        <input
          ref={field}
          data-autofocus
          className={classes.input}
          role="combobox"
          aria-label="Find anything, do anything"
          aria-expanded={entries.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={optionId(entries[chosen])}
          autoComplete="off"
          spellCheck={false}
          placeholder="Find people, interviews, questions, or what to do"
          value={typed}
          onChange={({ currentTarget }) => {
            setTyped(currentTarget.value);
            setChosenId(undefined);
          }}
          onKeyDown={onKeyDown}
        />
        {isSearching && <Loader size={16} aria-hidden />}
      </div>
      <div ref={list} id={listId} role="listbox" aria-label="Found" className={classes.list}>
        {groupsOf(entries).map(({ group, members }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox
          <div key={group} role="group" aria-label={group}>
            <div className={classes.group} aria-hidden>
              {group}
            </div>
            {members.map((entry) => (
              // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the chosen one
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the field's
              <div
                key={entry.id}
                id={optionId(entry)}
                role="option"
                aria-selected={entry === entries[chosen]}
                className={classes.option}
                // A list that appears under a mouse at rest is no choice of the person's.
                onMouseMove={({ movementX, movementY }) => {
                  if (movementX !== 0 || movementY !== 0) setChosenId(entry.id);
                }}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(entry)}
              >
                <entry.icon size={17} stroke={1.7} className={classes.icon} aria-hidden />
                <span className={classes.label}>{entry.label}</span>
                <span className={classes.detail}>{entry.detail}</span>
                {entry.keys && (
                  <span aria-hidden>
                    <Keys keys={entry.keys} />
                  </span>
                )}
              </div>
            ))}
          </div>
        ))}
      </div>
      {entries.length === 0 && !isSearching && !failure && (
        <p className={classes.nothing}>Nothing has “{text}” in it.</p>
      )}
      {failure && (
        <p className={classes.nothing} role="alert">
          {failure.message}
        </p>
      )}
      <VisuallyHidden role="status">
        {text && !isSearching && (entries.length === 0 ? 'Nothing found' : count(entries.length, 'result'))}
      </VisuallyHidden>
    </>
  );
}

/** The entries by what they are, in their order. */
function groupsOf(entries: readonly PaletteEntry[]): { group: string; members: PaletteEntry[] }[] {
  const groups = new Map<string, PaletteEntry[]>();
  for (const entry of entries) groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
  return [...groups].map(([group, members]) => ({ group, members }));
}

/** How many actions are offered beside what has been found. */
const actionsBeside = 5;

function useEntries(person: Person, shortcuts: readonly Shortcut[], text: string) {
  const navigate = useNavigate();
  const actions = usePaletteActions(person, shortcuts);
  // One search at a time: a key asks at once, and while main is still busy with the last one only the newest text waits.
  const [asked, setAsked] = useState(text);
  const { data, error, isFetching } = useOperation(
    'find.search',
    { text: asked || '?' },
    { enabled: asked !== '', placeholderData: keepPreviousData, gcTime: 30_000 },
  );
  useEffect(() => {
    if (!isFetching) setAsked(text);
  }, [isFetching, text]);
  if (text === '') return { entries: actions, isSearching: false, failure: null };
  // What the last words found is shown until these have found theirs, so that nothing flickers.
  const found = data ? foundEntries(data, (to) => void navigate(to)) : [];
  return {
    entries: [...matching(actions, text).slice(0, actionsBeside), ...found],
    isSearching: isFetching || asked !== text,
    failure: error,
  };
}
