import {
  Alert,
  Anchor,
  Button,
  Group,
  Modal,
  NativeSelect,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconArrowLeft } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { ConsentText } from '../../../shared/contract/consent-texts.ts';
import { textLimits } from '../../../shared/model/limits.ts';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { done } from '../../lib/done.ts';
import { formatDay, formatMoment } from '../../lib/formats.ts';
import { keyOf, queryClient, useAct, useOperation } from '../../lib/queries.ts';
import { useDraft } from '../../stores/drafts.ts';
import { usePerson } from '../accounts/signed-in.ts';
import classes from './ConsentTextScreen.module.css';
import { consentChanges, consentTextPath } from './consent-acts.ts';
import { InterviewersOnly } from './InterviewersOnly.tsx';
import screen from './KitScreen.module.css';
import { SaveBar } from './SaveBar.tsx';

export function NewConsentTextScreen() {
  return (
    <InterviewersOnly>
      <Editor text={null} />
    </InterviewersOnly>
  );
}

export function ConsentTextScreen() {
  const { name = '' } = useParams();
  const { data: text, error, refetch } = useOperation('consentTexts.get', { name });
  return (
    <InterviewersOnly>
      {text ? (
        <Editor key={name} text={text} />
      ) : (
        <Page width={720}>
          <PageHeader title={name} eyebrow={<BackToTexts />} />
          {error && <FailureNote error={error} onRetry={() => void refetch()} />}
        </Page>
      )}
    </InterviewersOnly>
  );
}

interface TextDraft {
  name: string;
  body: string;
}

function Editor({ text }: { text: ConsentText | null }) {
  const person = usePerson();
  const navigate = useNavigate();
  const draft = useDraft<TextDraft>(
    `${person.id} consent ${text?.name ?? 'new'}`,
    text ? { value: text, version: text.version } : { value: { name: '', body: '' }, version: 0 },
    (a, b) => a.name === b.name && a.body === b.body,
  );
  const { name, body } = draft.value;
  const [conflict, setConflict] = useState<ConsentText | null>(null);
  const sent = useRef<TextDraft>(null);
  const save = useAct('consentTexts.save', {
    ...{ changes: consentChanges, showsFailure: true },
    onSuccess(saved) {
      queryClient.setQueryData(keyOf('consentTexts.get', { name: saved.name }), saved);
      setConflict(null);
      draft.settle(sent.current ?? draft.value, saved.version);
      done(`Saved as version ${saved.version}. Interviews made from now on ask for it.`);
      if (!text) void navigate(consentTextPath(saved.name), { replace: true });
    },
    onError({ code, details }) {
      const current = details.current as ConsentText | undefined;
      if (text && code === 'CONFLICT' && current && !current.archivedAt) setConflict(current);
    },
  });
  const saveOver = (version: number) => {
    if (save.isPending) return;
    sent.current = draft.value;
    save.mutate({ name, body, version });
  };
  useHotkeys([['mod+S', () => saveOver(draft.base)]], []);

  return (
    <Page width={720}>
      <PageHeader
        title={text?.name ?? 'New consent text'}
        eyebrow={<BackToTexts />}
        lead={
          text &&
          `Version ${text.version} · ${formatMoment(text.changedAt)} · ${text.changedBy?.name ?? 'Parley'}`
        }
      />
      {text?.archivedAt && (
        <Alert color="gray" mb="lg" title="This text is archived">
          Restore it from the list before you change it.
        </Alert>
      )}
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          saveOver(draft.base);
        }}
      >
        {!text && (
          <TextInput
            label="Name"
            description="Kits choose it by this name, which stays."
            placeholder="Recording, with transcripts"
            maxLength={textLimits.name}
            value={name}
            error={save.error?.fields.name}
            onChange={({ currentTarget }) => draft.change({ ...draft.value, name: currentTarget.value })}
          />
        )}
        <Textarea
          label="Text"
          description="Say plainly what is recorded, what it is for, where it is kept, who hears it, for how long, and how to say no."
          autosize
          minRows={12}
          maxRows={30}
          value={body}
          error={save.error?.fields.body}
          onChange={({ currentTarget }) => draft.change({ ...draft.value, body: currentTarget.value })}
        />
        {text && text.newestVersion > 1 && <OldVersions name={text.name} />}
        <SaveBar
          isDraft={draft.isDraft}
          isNew={!text}
          blocked={Boolean(text?.archivedAt)}
          pending={save.isPending}
          failure={conflict || Object.keys(save.error?.fields ?? {}).length > 0 ? null : save.error}
          onDiscard={draft.discard}
        />
      </form>
      {conflict && (
        <Modal
          opened
          size="xl"
          onClose={() => setConflict(null)}
          title={`${conflict.changedBy?.name ?? 'Somebody'} has saved version ${conflict.version} meanwhile`}
        >
          <Stack gap="md">
            <div className={classes.both}>
              <Version title="Yours" body={body} />
              <Version title={`Theirs, ${formatMoment(conflict.changedAt)}`} body={conflict.body} />
            </div>
            <Group justify="flex-end" gap="sm">
              <Button variant="default" onClick={() => setConflict(null)}>
                Go on editing mine
              </Button>
              <Button
                variant="default"
                onClick={() => {
                  queryClient.setQueryData(keyOf('consentTexts.get', { name }), conflict);
                  setConflict(null);
                  draft.discard();
                }}
              >
                Take theirs
              </Button>
              <Button loading={save.isPending} onClick={() => saveOver(conflict.version)}>
                Save mine as version {conflict.version + 1}
              </Button>
            </Group>
          </Stack>
        </Modal>
      )}
    </Page>
  );
}

function OldVersions({ name }: { name: string }) {
  const { data: versions } = useOperation('consentTexts.versions', { name });
  const [chosen, setChosen] = useState('');
  const old = useOperation(
    'consentTexts.get',
    { name, version: Number(chosen) || 1 },
    { enabled: chosen !== '' },
  );
  if (!versions) return null;
  return (
    <Stack gap="sm">
      <NativeSelect
        label="Earlier versions"
        className={classes.versions}
        value={chosen}
        onChange={({ currentTarget }) => setChosen(currentTarget.value)}
        data={[
          { value: '', label: 'Choose one to read' },
          ...versions.slice(1).map(({ version, changedAt, changedBy }) => ({
            value: String(version),
            label: `Version ${version}, ${formatDay(changedAt)}, ${changedBy?.name ?? 'Parley'}`,
          })),
        ]}
      />
      {chosen !== '' && old.data && <Version title={`Version ${old.data.version}`} body={old.data.body} />}
    </Stack>
  );
}

function Version({ title, body }: { title: string; body: string }) {
  return (
    <section className={classes.version} aria-label={title}>
      <Text size="sm" c="dimmed" mb={6}>
        {title}
      </Text>
      <Text size="sm" className={classes.body}>
        {body}
      </Text>
    </section>
  );
}

function BackToTexts() {
  return (
    <Anchor component={Link} to="/kits/consent-texts" size="sm" className={screen.back}>
      <IconArrowLeft size={15} aria-hidden /> Consent texts
    </Anchor>
  );
}
