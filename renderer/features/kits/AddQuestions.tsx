import { Button, Checkbox, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { LibraryRow } from '../../../shared/contract/library.ts';
import { competencyLabel } from '../../../shared/model/competencies.ts';
import { questionDifficulties } from '../../../shared/model/difficulty.ts';
import { FailureNote } from '../../components/FailureNote.tsx';
import { count, formatMoment } from '../../lib/formats.ts';
import { useOperation, usePages } from '../../lib/queries.ts';
import { questionDifficultyWords } from '../../lib/words.ts';
import classes from './AddQuestions.module.css';

/** Picks questions of the library that are not in the kit yet. */
export function AddQuestions({
  chosen,
  onAdd,
}: {
  /** Ids of those that are in the kit already. */
  chosen: readonly string[];
  onAdd: (questions: readonly LibraryRow[]) => void;
}) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setOpened(true)}>
        Add questions
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title="Add questions" size="xl">
        <Picker
          chosen={chosen}
          onAdd={(questions) => {
            onAdd(questions);
            setOpened(false);
          }}
        />
      </Modal>
    </>
  );
}

function Picker({
  chosen,
  onAdd,
}: {
  chosen: readonly string[];
  onAdd: (questions: readonly LibraryRow[]) => void;
}) {
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), 120);
  const [competency, setCompetency] = useState('');
  const [difficulty, setDifficulty] = useState('');
  const [picked, setPicked] = useState<readonly LibraryRow[]>([]);
  const { data: facets } = useOperation('library.facets');
  const {
    data: rows,
    error,
    refetch,
    hasNextPage,
    isFetchingNextPage,
    fetchNextPage,
  } = usePages('library.list', {
    search: search || undefined,
    competency: competency || undefined,
    difficulty: questionDifficulties.find((each) => each === difficulty),
  });
  // What was picked stays in sight whatever is searched next.
  const shown = [
    ...picked,
    ...(rows ?? []).filter(({ id }) => !chosen.includes(id) && !picked.some((each) => each.id === id)),
  ];
  return (
    <Stack gap="md">
      <div className={classes.filters}>
        <TextInput
          label="Search"
          placeholder="Words of the question"
          leftSection={<IconSearch size={16} aria-hidden />}
          data-autofocus
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <NativeSelect
          label="Competency"
          value={competency}
          onChange={({ currentTarget }) => setCompetency(currentTarget.value)}
          data={[
            { value: '', label: 'Any' },
            ...(facets?.competencies ?? []).map(({ value, label }) => ({ value, label })),
          ]}
        />
        <NativeSelect
          label="Difficulty"
          value={difficulty}
          onChange={({ currentTarget }) => setDifficulty(currentTarget.value)}
          data={[
            { value: '', label: 'Any' },
            ...questionDifficulties.map((each) => ({ value: each, label: questionDifficultyWords[each] })),
          ]}
        />
      </div>
      {error && <FailureNote error={error} onRetry={() => void refetch()} />}
      {rows && shown.length === 0 && (
        <Text c="dimmed" py="md">
          Nothing in the library matches that is not in the kit already.
        </Text>
      )}
      <ul className={classes.list} aria-label="Questions of the library">
        {shown.map((question) => (
          <li key={question.id}>
            <Checkbox
              label={question.content}
              description={aboutQuestion(question)}
              checked={picked.some(({ id }) => id === question.id)}
              onChange={({ currentTarget: { checked } }) =>
                setPicked(checked ? [...picked, question] : picked.filter(({ id }) => id !== question.id))
              }
            />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button
          variant="default"
          size="compact-sm"
          className={classes.more}
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          Show more
        </Button>
      )}
      <Group justify="flex-end" className={classes.foot}>
        <Button disabled={picked.length === 0} onClick={() => onAdd(picked)}>
          Add {picked.length > 0 ? count(picked.length, 'question') : 'questions'}
        </Button>
      </Group>
    </Stack>
  );
}

function aboutQuestion({ competency, difficulty, tags, lastAskedAt }: LibraryRow): string {
  return [
    competencyLabel(competency),
    questionDifficultyWords[difficulty],
    ...tags,
    lastAskedAt ? `last asked ${formatMoment(lastAskedAt)}` : 'never asked',
  ].join(' · ');
}
