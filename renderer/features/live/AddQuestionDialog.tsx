import {
  Autocomplete,
  Button,
  Group,
  Modal,
  NativeSelect,
  SegmentedControl,
  Select,
  Stack,
  Textarea,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeskInterview } from '../../../shared/contract/desk.ts';
import { competencyLabel } from '../../../shared/model/competencies.ts';
import { type QuestionDifficulty, questionDifficulties } from '../../../shared/model/difficulty.ts';
import { FailureNote } from '../../components/FailureNote.tsx';
import { useAct, useOperation } from '../../lib/queries.ts';
import { questionDifficultyWords } from '../../lib/words.ts';

/** Adds a question to a running interview: one of the library, or one that comes up on the spot. */
export function AddQuestionDialog({
  interview,
  opened,
  onClose,
}: {
  interview: DeskInterview;
  opened: boolean;
  onClose: () => void;
}) {
  return (
    <Modal opened={opened} onClose={onClose} title="Add a question" size="lg">
      <AddQuestionForm interview={interview} onClose={onClose} />
    </Modal>
  );
}

function AddQuestionForm({ interview, onClose }: { interview: DeskInterview; onClose: () => void }) {
  const [from, setFrom] = useState<'LIBRARY' | 'NEW'>('LIBRARY');
  const [libraryQuestionId, setLibraryQuestionId] = useState<string | null>(null);
  const [content, setContent] = useState('');
  const [difficulty, setDifficulty] = useState<QuestionDifficulty>('MEDIUM');
  const [competency, setCompetency] = useState(interview.rubric[0]?.key ?? '');
  const add = useAct('live.addQuestion', {
    changes: ['desk.interview'],
    showsFailure: true,
    onSuccess: onClose,
  });
  const submit = () => {
    const question =
      from === 'NEW'
        ? { type: 'NEW' as const, content, difficulty, competency }
        : libraryQuestionId && { type: 'LIBRARY' as const, libraryQuestionId };
    if (question) add.mutate({ id: interview.id, afterId: interview.currentQuestionId, question });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="md">
        {add.error && <FailureNote error={add.error} onRetry={submit} />}
        <SegmentedControl
          aria-label="From where"
          value={from}
          onChange={(value) => setFrom(value as 'LIBRARY' | 'NEW')}
          data={[
            { value: 'LIBRARY', label: 'From the library' },
            { value: 'NEW', label: 'On the spot' },
          ]}
        />
        {from === 'LIBRARY' ? (
          <LibrarySelect chosen={libraryQuestionId} onChoose={setLibraryQuestionId} />
        ) : (
          <>
            <Textarea
              label="Question"
              autosize
              minRows={2}
              data-autofocus
              value={content}
              onChange={(event) => setContent(event.currentTarget.value)}
            />
            <Group grow>
              <Autocomplete
                label="Competency"
                data={interview.rubric.map(({ key }) => key)}
                value={competency}
                onChange={setCompetency}
              />
              <NativeSelect
                label="Difficulty"
                value={difficulty}
                data={questionDifficulties.map((value) => ({ value, label: questionDifficultyWords[value] }))}
                onChange={({ currentTarget }) =>
                  setDifficulty(questionDifficulties.find((one) => one === currentTarget.value) ?? 'MEDIUM')
                }
              />
            </Group>
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={add.isPending}
            disabled={
              from === 'LIBRARY' ? !libraryQuestionId : content.trim() === '' || competency.trim() === ''
            }
          >
            Add it next
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function LibrarySelect({
  chosen,
  onChoose,
}: {
  chosen: string | null;
  onChoose: (id: string | null) => void;
}) {
  const [typed, setTyped] = useState('');
  const [searched] = useDebouncedValue(typed.trim(), 150);
  const { data, error, refetch } = useOperation(
    'library.list',
    { search: searched || undefined, limit: 30 },
    { placeholderData: keepPreviousData },
  );
  if (error) return <FailureNote error={error} onRetry={() => void refetch()} />;
  const rows = data?.rows ?? [];
  return (
    <Select
      label="Question"
      placeholder="Search the library"
      searchable
      data-autofocus
      data={rows.map(({ id, content, competency }) => ({
        value: id,
        label: `${content} (${competencyLabel(competency)})`,
      }))}
      // Main has searched already.
      filter={({ options }) => options}
      value={chosen}
      onChange={onChoose}
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage="No question matches."
    />
  );
}
