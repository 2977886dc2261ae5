import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { DeskInterview } from '../../../shared/contract/desk.ts';
import type { ConsentDecision } from '../../../shared/model/consent.ts';
import { FailureNote } from '../../components/FailureNote.tsx';
import { count, formatMoment } from '../../lib/formats.ts';
import { useAct } from '../../lib/queries.ts';
import classes from './ConsentRecord.module.css';
import { decisionWords, notedByWords } from './consent-words.ts';

const changes = ['desk.interview', 'desk.list'] as const;

/** All that a candidate said to the consent text, what can be noted now, and what becomes of what was recorded. */
export function ConsentRecord({
  interview,
  beforeTakingBack,
  onClose,
}: {
  interview: DeskInterview;
  beforeTakingBack?: (() => Promise<void>) | undefined;
  onClose: () => void;
}) {
  const { id, consent, consentText } = interview;
  const note = useAct('desk.recordConsent', { changes, showsFailure: true });
  if (!consentText) return null;
  const decide = async (decision: ConsentDecision) => {
    if (decision === 'DECLINED') await beforeTakingBack?.();
    note.mutate({ id, consentTextId: consentText.id, decision, seen: consent?.id ?? null });
  };
  const [first, second] = choices(interview);
  return (
    <Stack gap="lg">
      {note.error && (
        // What there is now shows below; whoever still wants to change it presses again.
        <Alert color="red" role="alert">
          {note.error.message}
        </Alert>
      )}
      <details className={classes.text} open={!consent}>
        <summary>
          “{consentText.name}”, version {consentText.version}
        </summary>
        <Text size="sm" className={classes.prose}>
          {consentText.body}
        </Text>
      </details>
      <Said interview={interview} />
      {consent?.decision === 'DECLINED' && <Recorded interview={interview} onClose={onClose} />}
      {first ? (
        <Stack gap="xs">
          {first.means && <Text size="sm">{first.means}</Text>}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose} data-autofocus>
              Back
            </Button>
            {second && (
              <Button
                variant="default"
                disabled={note.isPending}
                onClick={() => void decide(second.decision)}
              >
                {second.label}
              </Button>
            )}
            <Button
              color={first.decision === 'DECLINED' ? 'red' : undefined}
              loading={note.isPending}
              onClick={() => void decide(first.decision)}
            >
              {first.label}
            </Button>
          </Group>
        </Stack>
      ) : (
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Back
          </Button>
        </Group>
      )}
    </Stack>
  );
}

interface Choice {
  decision: ConsentDecision;
  label: string;
  means?: string;
}

/** What can be noted, as main has it; nothing once an interview has ended without an agreement. */
function choices({ kind, status, consent }: DeskInterview): Choice[] {
  const ended = status === 'COMPLETED' || status === 'ABANDONED';
  if (consent?.decision === 'AGREED') {
    const means =
      status === 'IN_PROGRESS'
        ? 'Do they take it back? Recording stops at once. What was recorded until then is kept, unless you delete it.'
        : 'Do they take it back? What was recorded is kept, unless you delete it.';
    return [{ decision: 'DECLINED', label: 'They take it back', means }];
  }
  if (ended || kind === 'ONE_WAY') return [];
  const agree = { decision: 'AGREED', label: 'They agree' } as const;
  if (!consent) return [agree, { decision: 'DECLINED', label: 'They decline' }];
  return [
    { ...agree, label: 'They agree now', means: 'Should they agree now, you can record from then on.' },
  ];
}

function Said({ interview: { consents, kind } }: { interview: DeskInterview }) {
  if (consents.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {kind === 'LIVE'
          ? 'They have not been asked yet. You can ask them now, or when the interview begins.'
          : 'They are asked on their own screen before the first question.'}
      </Text>
    );
  }
  return (
    <section aria-labelledby="said">
      <Title order={3} size="sm" id="said" mb="xs">
        What they said
      </Title>
      <ol className={classes.said}>
        {consents.map((consent, index) => (
          <li key={consent.id} data-current={index === 0 || undefined}>
            <Text size="sm" fw={index === 0 ? 600 : undefined}>
              {decisionWords(consents, index)} “{consent.name}”, version {consent.version}
            </Text>
            <Text size="sm" c="dimmed">
              {formatMoment(consent.decidedAt)}, {notedByWords(consent)}
              {index === 0 && consents.length > 1 && '; this counts'}
            </Text>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What was recorded although they do not agree any more: kept until somebody says in so many words that it should go. */
function Recorded({ interview, onClose }: { interview: DeskInterview; onClose: () => void }) {
  const [asking, setAsking] = useState(false);
  const erase = useAct('desk.eraseRecordings', { changes, showsFailure: true, onSuccess: onClose });
  const takes = interview.questions.reduce(
    (sum, { answer }) => sum + (answer?.takes.length ?? 0) + (answer?.discarded.length ?? 0),
    0,
  );
  if (takes === 0) return null;
  const recordings = count(takes, 'recording');
  return (
    <Alert
      color="amber"
      variant="light"
      title={`${recordings} made before that ${takes === 1 ? 'is' : 'are'} kept`}
    >
      <Stack gap="sm">
        {erase.error && (
          <FailureNote error={erase.error} onRetry={() => erase.mutate({ id: interview.id })} />
        )}
        <Text size="sm">
          {asking
            ? `Delete ${recordings} for good? Nobody can bring ${takes === 1 ? 'it' : 'them'} back. Notes, ratings and what was typed stay.`
            : 'Those on the panel can listen to them. Delete them if the candidate wishes so.'}
        </Text>
        <Group gap="xs">
          {asking ? (
            <>
              <Button size="compact-md" variant="default" onClick={() => setAsking(false)}>
                Keep them
              </Button>
              <Button
                size="compact-md"
                color="red"
                loading={erase.isPending}
                onClick={() => erase.mutate({ id: interview.id })}
              >
                Delete for good
              </Button>
            </>
          ) : (
            <Button size="compact-md" variant="default" onClick={() => setAsking(true)}>
              Delete what was recorded
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}
