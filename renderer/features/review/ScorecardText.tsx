import { Button, Group, Text, Textarea } from '@mantine/core';
import { useRef, useState } from 'react';
import type { OwnScorecard } from '../../../shared/contract/scorecards.ts';
import { CallError, call } from '../../lib/client.ts';
import { reportFailure } from '../../lib/failures.ts';
import { keyOf, queryClient } from '../../lib/queries.ts';
import { usePerson } from '../accounts/signed-in.ts';
import { useAutosave } from './use-autosave.ts';

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
  const latest = useRef(scorecard);
  latest.current = scorecard;
  const keep = (now: OwnScorecard) =>
    queryClient.setQueryData(keyOf('scorecards.mine', { interviewId }), now);
  const send = async (text: string): Promise<boolean> => {
    // Read anew: another field of this screen may just have been kept.
    const now =
      queryClient.getQueryData<OwnScorecard>(keyOf('scorecards.mine', { interviewId })) ?? latest.current;
    try {
      keep(await call('scorecards.write', { interviewId, seen: now.updatedAt, [field]: text }));
      setTheirs(null);
      return true;
    } catch (error) {
      const current =
        error instanceof CallError ? (error.details.current as OwnScorecard | undefined) : undefined;
      // Another field was changed elsewhere: this one is still ours to write.
      if (current && current[field] === now[field]) {
        keep(current);
        return send(text);
      }
      if (current) setTheirs(current);
      else reportFailure(error instanceof Error ? error : new Error(String(error)));
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
              keep(theirs);
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
              keep(theirs);
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
