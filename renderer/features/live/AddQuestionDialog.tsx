import {
  Autocomplete,
  Button,
  Group,
  Modal,
  NativeSelect,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
} from '@mantine/core';
import { useState } from 'react';
import type { DeskInterview } from '../../../shared/contract/desk.ts';
import type { LibraryRow } from '../../../shared/contract/library.ts';
import { type QuestionDifficulty, questionDifficulties } from '../../../shared/model/difficulty.ts';
import { FailureNote } from '../../components/FailureNote.tsx';
import { useAct } from '../../lib/queries.ts';
import { questionDifficultyWords } from '../../lib/words.ts';
import { QuestionPicker } from '../library/QuestionPicker.tsx';

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
    <Modal opened={opened} onClose={onClose} title="Add a question" size="xl">
      <AddQuestionForm interview={interview} onClose={onClose} />
    </Modal>
  );
}

function AddQuestionForm({ interview, onClose }: { interview: DeskInterview; onClose: () => void }) {
  const [from, setFrom] = useState<'LIBRARY' | 'NEW'>('LIBRARY');
  const [picked, setPicked] = useState<LibraryRow | null>(null);
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
        : picked && { type: 'LIBRARY' as const, libraryQuestionId: picked.id };
    if (question) add.mutate({ id: interview.id, afterId: interview.currentQuestionId, question });
  };
  const inIt = interview.questions.some(({ libraryQuestionId }) => libraryQuestionId === picked?.id);
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
          <QuestionPicker
            chosen={new Set(picked ? [picked.id] : [])}
            // Chosen once more it is meant: Enter chooses, and Enter again adds.
            onToggle={(row) => (row.id === picked?.id ? submit() : setPicked(row))}
            single
            height={336}
          />
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
          {from === 'LIBRARY' && (
            <Text size="sm" c="dimmed" role="status" mr="auto">
              {picked && inIt
                ? 'This question is in the interview already.'
                : picked
                  ? 'Enter adds it after the question that is asked now.'
                  : 'Enter chooses one.'}
            </Text>
          )}
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={add.isPending}
            disabled={from === 'LIBRARY' ? !picked : content.trim() === '' || competency.trim() === ''}
          >
            Add it next
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
