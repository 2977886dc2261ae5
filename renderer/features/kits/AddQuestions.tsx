import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { Found } from '../../../shared/contract/find.ts';
import { competencyLabel } from '../../../shared/model/competencies.ts';
import { FailureNote } from '../../components/FailureNote.tsx';
import { count } from '../../lib/formats.ts';
import { useOperation } from '../../lib/queries.ts';
import { questionDifficultyWords } from '../../lib/words.ts';

type Question = Found['questions'][number];

/** Picks questions of the library that are not in the kit yet. */
export function AddQuestions({
  chosen,
  onAdd,
}: {
  /** Ids of those that are in the kit already. */
  chosen: readonly string[];
  onAdd: (questions: Question[]) => void;
}) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setOpened(true)}>
        Add questions
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title="Add questions" size="lg">
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

function Picker({ chosen, onAdd }: { chosen: readonly string[]; onAdd: (questions: Question[]) => void }) {
  const [text, setText] = useState('');
  const [searched] = useDebouncedValue(text.trim(), 120);
  const [picked, setPicked] = useState<readonly Question[]>([]);
  const { data, error, refetch } = useOperation(
    'find.search',
    { text: searched || '?', limit: 20 },
    { enabled: searched !== '' },
  );
  const found = (data?.questions ?? []).filter(({ id }) => !chosen.includes(id));
  const shown = [...picked, ...found.filter(({ id }) => !picked.some((each) => each.id === id))];
  return (
    <Stack gap="md">
      <TextInput
        aria-label="Search the library"
        placeholder="Search the library"
        leftSection={<IconSearch size={16} aria-hidden />}
        data-autofocus
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      {error && <FailureNote error={error} onRetry={() => void refetch()} />}
      {searched !== '' && shown.length === 0 && data && (
        <Text c="dimmed">Nothing in the library matches.</Text>
      )}
      {shown.map((question) => (
        <Checkbox
          key={question.id}
          label={question.content}
          description={`${competencyLabel(question.competency)} · ${questionDifficultyWords[question.difficulty]}`}
          checked={picked.some(({ id }) => id === question.id)}
          onChange={({ currentTarget: { checked } }) =>
            setPicked(checked ? [...picked, question] : picked.filter(({ id }) => id !== question.id))
          }
        />
      ))}
      <Group justify="flex-end">
        <Button disabled={picked.length === 0} onClick={() => onAdd([...picked])}>
          Add {picked.length > 0 ? count(picked.length, 'question') : 'questions'}
        </Button>
      </Group>
    </Stack>
  );
}
