import { Button, Group, Stack, Text } from '@mantine/core';
import type { DeskInterview } from '../../../shared/contract/desk.ts';
import type { ConsentDecision } from '../../../shared/model/consent.ts';
import { Keys } from '../../components/Keys.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { call } from '../../lib/client.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { change, useLive } from '../../stores/live.ts';
import { DeviceChoice } from './DeviceChoice.tsx';
import classes from './Live.module.css';

/** Before anything is recorded: the text is read to the candidate or by them, and they say yes or no. */
export function ConsentStep({ interview }: { interview: DeskInterview }) {
  const busy = useLive((live) => live.busy);
  const { consentText } = interview;
  const decide = (decision: ConsentDecision) => {
    if (!consentText || busy) return;
    void change(interview.id, () =>
      call('desk.recordConsent', { id: interview.id, consentTextId: consentText.id, decision, seen: null }),
    );
  };
  useShortcuts(
    [
      { keys: 'y', does: 'They agree', run: () => decide('AGREED') },
      { keys: 'n', does: 'They decline', run: () => decide('DECLINED') },
    ],
    { first: true },
  );
  if (!consentText) return null;
  return (
    <Page width={720}>
      <PageHeader
        title="First, ask for consent"
        lead={`Let ${interview.candidate.name} read this, or read it to them. Nothing is recorded before they agree.`}
      />
      <Stack gap="lg">
        <blockquote className={classes.consent}>
          <Text className={classes.prose}>{consentText.body}</Text>
          <Text size="sm" c="dimmed" mt="sm">
            {consentText.name}, version {consentText.version}
          </Text>
        </blockquote>
        <DeviceChoice />
        <Group>
          <Button loading={busy} rightSection={<Keys keys="Y" />} onClick={() => decide('AGREED')}>
            They agree
          </Button>
          <Button
            variant="default"
            disabled={busy}
            rightSection={<Keys keys="N" />}
            onClick={() => decide('DECLINED')}
          >
            They decline: hold it without recording
          </Button>
        </Group>
      </Stack>
    </Page>
  );
}
