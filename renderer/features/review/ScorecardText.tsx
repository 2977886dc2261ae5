import { Button, Group, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { OwnScorecard } from '../../../shared/contract/scorecards.ts';
import { reportFailure } from '../../lib/failures.ts';
import { usePerson } from '../accounts/signed-in.ts';
import { useAutosave } from './use-autosave.ts';
import { keepScorecard, writeScorecard } from './write-scorecard.ts';

type Field = 'takeaways' | 'sharedNotes' | 'privateNotes';

/** One text of one's own scorecard. Where another window has changed the scorecard, the person chooses. */
export function ScorecardText({
  interviewId,
  scorecard,
  field,
  label,
  description,
}: {
  interviewId: string;
  scorecard: OwnScorecard;
  field: Field;
  label: string;
  description: string;
}) {
  const { id: personId } = usePerson();
  const [theirs, setTheirs] = useState<OwnScorecard | null>(null);
  const send = async (text: string): Promise<boolean> => {
    try {
      const current = await writeScorecard(interviewId, { [field]: text });
      setTheirs(current);
      return current === null;
    } catch (error) {
      reportFailure(error instanceof Error ? error : new Error(String(error)));
      return false;
    }
  };
  const { value, pending, change, flush } = useAutosave(
    `${personId} ${interviewId} ${field}`,
    scorecard[field],
    send,
  );
  return (
    <div>
      <Textarea
        label={label}
        description={description}
        autosize
        minRows={3}
        readOnly={scorecard.state === 'SUBMITTED'}
        value={value}
        onChange={(event) => change(event.currentTarget.value)}
        onBlur={flush}
      />
      <Text size="sm" c="dimmed" role="status" mt={4}>
        {pending ? 'Kept on this machine, on its way to the database…' : value && 'Saved'}
      </Text>
      {theirs && (
        <Group gap="xs" mt={4} role="alert">
          <Text size="sm">In another window this now says: “{theirs[field].slice(0, 200)}”.</Text>
          <Button
            size="compact-sm"
            onClick={() => {
              keepScorecard(interviewId, theirs);
              setTheirs(null);
              void send(value);
            }}
          >
            Keep what is here
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              keepScorecard(interviewId, theirs);
              setTheirs(null);
              change(theirs[field]);
            }}
          >
            Take that instead
          </Button>
        </Group>
      )}
    </div>
  );
}
