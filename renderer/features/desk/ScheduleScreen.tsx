import {
  Anchor,
  Button,
  Group,
  MultiSelect,
  SegmentedControl,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useAct, useOperation } from '../../lib/queries.ts';
import { usePerson } from '../accounts/signed-in.ts';
import { NewCandidateDialog } from '../candidates/NewCandidateDialog.tsx';
import { InterviewersOnly } from '../kits/InterviewersOnly.tsx';
import { type CandidateChoice, CandidateSelect } from './CandidateSelect.tsx';
import { fromField } from './moment-field.ts';

type Kind = 'LIVE' | 'ONE_WAY';

const kindLeads: Record<Kind, string> = {
  LIVE: 'You and the candidate talk, here at this machine or wherever its microphone hears both.',
  ONE_WAY: 'The candidate signs in at this machine and answers alone; you listen afterwards.',
};

/** A new interview: with whom, by which kit, who else judges, and when. */
export function ScheduleScreen() {
  return (
    <InterviewersOnly>
      <Schedule />
    </InterviewersOnly>
  );
}

function Schedule() {
  const me = usePerson();
  const navigate = useNavigate();
  const [parameters] = useSearchParams();
  const [kind, setKind] = useState<Kind>('LIVE');
  const [candidate, setCandidate] = useState<CandidateChoice | null>(null);
  const candidateId = candidate?.value ?? parameters.get('candidate');
  const [kitId, setKitId] = useState(parameters.get('kit'));
  const [panel, setPanel] = useState<string[]>([]);
  const [when, setWhen] = useState('');
  const [isAdding, adding] = useDisclosure(false);
  const { data: interviewers } = useOperation('desk.interviewers');
  const schedule = useAct('desk.schedule', {
    changes: ['desk.list'],
    showsFailure: true,
    onSuccess: ({ id }) => void navigate(`/desk/${id}`),
  });
  const moment = fromField(when);
  const submit = () => {
    if (!candidateId || !kitId) return;
    schedule.mutate({
      ...{ kind, candidateId, kitId, panel },
      scheduledAt: kind === 'LIVE' ? moment : null,
      dueAt: kind === 'ONE_WAY' ? moment : null,
    });
  };
  return (
    <Page width={640}>
      <PageHeader
        title="New interview"
        eyebrow={
          <Anchor component={Link} to="/desk" size="sm">
            Interviews
          </Anchor>
        }
      />
      <NewCandidateDialog
        opened={isAdding}
        onClose={adding.close}
        onMade={({ id, name }) => setCandidate({ value: id, label: name })}
      />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="lg">
          {schedule.error && <FailureNote error={schedule.error} onRetry={submit} />}
          <div>
            <SegmentedControl
              aria-label="Kind of interview"
              value={kind}
              onChange={(value) => setKind(value as Kind)}
              data={[
                { value: 'LIVE', label: 'Live' },
                { value: 'ONE_WAY', label: 'One-way' },
              ]}
            />
            <Text size="sm" c="dimmed" mt={6}>
              {kindLeads[kind]}
            </Text>
          </div>
          <Group align="end" gap="sm">
            <CandidateSelect
              label="Candidate"
              required
              flex={1}
              candidateId={candidateId}
              onChoose={setCandidate}
              nothingFoundMessage="Nobody matches. Add them with the button beside."
            />
            <Button variant="default" leftSection={<IconPlus size={16} />} onClick={adding.open}>
              New candidate
            </Button>
          </Group>
          <KitSelect kitId={kitId} onChoose={setKitId} />
          <MultiSelect
            label="Others on the panel"
            description="They see this interview and write a scorecard of their own. You are on the panel."
            placeholder={panel.length === 0 ? 'Nobody else' : undefined}
            searchable
            data={(interviewers ?? [])
              .filter(({ id }) => id !== me.id)
              .map(({ id, name }) => ({ value: id, label: name }))}
            value={panel}
            onChange={setPanel}
          />
          <TextInput
            type="datetime-local"
            label={kind === 'LIVE' ? 'When' : 'To be submitted by'}
            description={
              kind === 'LIVE' ? 'Leave it empty to start whenever you like.' : 'Leave it empty for no limit.'
            }
            value={when}
            onChange={(event) => setWhen(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button component={Link} to="/desk" variant="default">
              Cancel
            </Button>
            <Button type="submit" loading={schedule.isPending} disabled={!candidateId || !kitId}>
              {kind === 'LIVE' ? 'Make the interview' : 'Assign the interview'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}

function KitSelect({ kitId, onChoose }: { kitId: string | null; onChoose: (id: string | null) => void }) {
  const { data, error, refetch } = useOperation('kits.list', { limit: 100 });
  if (error) return <FailureNote error={error} onRetry={() => void refetch()} />;
  return (
    <Select
      label="Interview kit"
      placeholder="Choose a kit"
      description={
        <>
          What is asked, for how long, and what is judged.{' '}
          <Anchor component={Link} to="/kits" size="sm">
            Kits
          </Anchor>
        </>
      }
      searchable
      data={(data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={kitId}
      onChange={onChoose}
      nothingFoundMessage="No kit is called that."
    />
  );
}
