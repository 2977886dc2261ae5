import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { RetentionDraft } from '../../../shared/contract/retention.ts';
import { Facts } from '../../components/Facts.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { count } from '../../lib/formats.ts';
import type { useOperation } from '../../lib/queries.ts';
import { PreviewedInterviews } from './Affected.tsx';
import { amountWords } from './retention-words.ts';

/** What a rule would take if it were saved. */
export function RetentionPreview({
  draft,
  preview: { data, error, refetch },
}: {
  draft: RetentionDraft;
  preview: ReturnType<typeof useOperation<'retention.preview'>>;
}) {
  const [listed, setListed] = useState(false);
  // What is wrong with a field is said beside it.
  if (error?.code === 'INVALID_INPUT') return null;
  if (error) return <FailureNote error={error} onRetry={() => void refetch()} />;
  const then =
    draft.graceDays === 0
      ? 'What is old enough goes for good the next time the rules are applied.'
      : `What is old enough now is announced when you save, and goes in ${count(draft.graceDays, 'day')}.`;
  return (
    <Stack gap="xs" role="group" aria-label="What the rule would take">
      <div role="status">
        {data ? (
          <Facts
            facts={[
              { name: 'Now', value: amountWords(data.now) },
              { name: 'Within 30 days', value: amountWords(data.soon) },
              ...(data.kept > 0
                ? [{ name: 'Kept by hand', value: `${count(data.kept, 'interview')}, left out` }]
                : []),
            ]}
          />
        ) : (
          <Text size="sm" c="dimmed">
            Counting what it would take…
          </Text>
        )}
      </div>
      <Text size="sm" c="dimmed">
        {then}
      </Text>
      {data && data.soon.interviews > 0 && !listed && (
        <Button
          size="compact-md"
          variant="default"
          style={{ alignSelf: 'flex-start' }}
          onClick={() => setListed(true)}
        >
          Show these interviews
        </Button>
      )}
      {listed && (
        <PreviewedInterviews
          rule={draft}
          label="The interviews that the rule is about within 30 days"
          empty="It would take from no interview within 30 days."
        />
      )}
    </Stack>
  );
}
