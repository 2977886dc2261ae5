import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { FailureNote } from '../../components/FailureNote.tsx';
import { useOperation } from '../../lib/queries.ts';

export interface CandidateChoice {
  value: string;
  label: string;
}

/** Chooses a candidate by a part of their name, address or tags, however many there are. */
export function CandidateSelect({
  candidateId,
  onChoose,
  ...props
}: {
  /** Who is chosen; it may come from the address. */
  candidateId: string | null;
  onChoose: (choice: CandidateChoice | null) => void;
} & Pick<
  SelectProps,
  | 'label'
  | 'aria-label'
  | 'placeholder'
  | 'required'
  | 'clearable'
  | 'className'
  | 'flex'
  | 'nothingFoundMessage'
>) {
  const [typed, setTyped] = useState('');
  const [picked, setPicked] = useState<CandidateChoice | null>(null);
  const [searched] = useDebouncedValue(typed.trim(), 150);
  const { data: known } = useOperation(
    'candidates.get',
    { id: candidateId ?? '' },
    { enabled: candidateId !== null && picked?.value !== candidateId },
  );
  const chosen =
    candidateId === null
      ? null
      : picked?.value === candidateId
        ? picked
        : { value: candidateId, label: known?.name ?? 'One candidate' };
  // What was chosen stands in the field; it is no search for others.
  const search = searched === chosen?.label ? undefined : searched || undefined;
  const { data, error, refetch } = useOperation(
    'candidates.list',
    { search, limit: 50 },
    { placeholderData: keepPreviousData },
  );
  const found = (data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const choices = chosen && !found.some(({ value }) => value === chosen.value) ? [chosen, ...found] : found;
  if (error) return <FailureNote error={error} onRetry={() => void refetch()} />;
  return (
    <Select
      placeholder="Search by name or email"
      withAsterisk={false}
      searchable
      nothingFoundMessage="Nobody matches."
      {...props}
      data={choices}
      // Main has searched already, by more than the name.
      filter={({ options }) => options}
      value={candidateId}
      onChange={(_, option) => {
        const choice = option ? { value: option.value, label: option.label } : null;
        setPicked(choice);
        onChoose(choice);
      }}
      searchValue={typed}
      onSearchChange={setTyped}
    />
  );
}
