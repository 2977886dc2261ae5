import { Button, Group, NumberInput, Stack, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { modals } from '@mantine/modals';
import { useRef, useState } from 'react';
import type { Candidate } from '../../../shared/contract/candidates.ts';
import { candidateLimits, textLimits } from '../../../shared/model/limits.ts';
import { ChangedMeanwhile } from '../../components/ChangedMeanwhile.tsx';
import { done } from '../../lib/done.ts';
import { keyOf, queryClient, useAct, useOperation } from '../../lib/queries.ts';
import { useDraft } from '../../stores/drafts.ts';
import { FormFailure } from '../accounts/FormFailure.tsx';
import { usePerson } from '../accounts/signed-in.ts';
import { SettingsGroup } from '../settings/SettingsGroup.tsx';
import classes from './CandidateProfile.module.css';
import { accommodationWords, draftOf, isSame, type ProfileDraft, profileInWords } from './profile-draft.ts';

/** Who a candidate is and what they need. What is typed is kept on this machine until it is saved. */
export function CandidateProfile({ candidate }: { candidate: Candidate }) {
  const { id, identityEditable } = candidate;
  const person = usePerson();
  const draft = useDraft<ProfileDraft>(
    `${person.id} candidate ${id}`,
    { value: draftOf(candidate), version: candidate.version },
    isSame,
  );
  const { data: knownTags = [] } = useOperation('candidates.tags');
  const [conflict, setConflict] = useState<Candidate | null>(null);
  const sent = useRef<ProfileDraft>(null);
  const keep = (saved: Candidate) => queryClient.setQueryData(keyOf('candidates.get', { id }), saved);
  const save = useAct('candidates.update', {
    ...{ changes: ['candidates.list', 'candidates.tags'], showsFailure: true },
    onSuccess(saved) {
      keep(saved);
      setConflict(null);
      draft.settle(sent.current ?? draft.value, saved.version);
      done('Saved.');
    },
    onError({ code, details }) {
      const current = details.current as Candidate | undefined;
      if (code === 'CONFLICT' && current) setConflict(current);
    },
  });
  const saveOver = (version: number, also: Partial<ProfileDraft> = {}) => {
    if (save.isPending) return;
    sent.current = draft.value;
    save.mutate({ ...draft.value, ...also, id, version });
  };
  useHotkeys([['mod+S', () => draft.isDraft && saveOver(draft.base)]], []);

  const { value } = draft;
  const { accommodation } = value;
  const fields = save.error?.fields ?? {};
  const emailError = save.error?.code === 'EMAIL_TAKEN' ? save.error.message : fields.email;
  const change = (part: Partial<ProfileDraft>) => draft.change({ ...value, ...part });
  const accommodate = (part: Partial<ProfileDraft['accommodation']>) =>
    change({ accommodation: { ...accommodation, ...part } });
  const askToDiscard = () =>
    modals.openConfirmModal({
      title: 'Discard what you changed?',
      children: 'What was saved last is shown again.',
      labels: { confirm: 'Discard', cancel: 'Go on editing' },
      confirmProps: { color: 'red' },
      onConfirm: draft.discard,
    });

  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        saveOver(draft.base);
      }}
    >
      <SettingsGroup title="Profile" lead="For interviewers. The candidate does not see it.">
        <Stack gap="md">
          <div className={classes.pair}>
            <TextInput
              label="Name"
              autoComplete="off"
              readOnly={!identityEditable}
              description={identityEditable ? undefined : 'Theirs to change, now that they sign in.'}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              value={value.name}
              error={fields.name}
              maxLength={textLimits.name}
              onChange={({ currentTarget }) => change({ name: currentTarget.value })}
            />
            <TextInput
              label="Email"
              type="email"
              autoComplete="off"
              readOnly={!identityEditable}
              value={value.email}
              error={emailError}
              maxLength={textLimits.email}
              onChange={({ currentTarget }) => change({ email: currentTarget.value })}
            />
            <TextInput
              label="Headline"
              placeholder="Backend engineer, applies for the platform team"
              autoComplete="off"
              value={value.headline}
              error={fields.headline}
              maxLength={textLimits.headline}
              onChange={({ currentTarget }) => change({ headline: currentTarget.value })}
            />
            <TextInput
              label="Phone"
              type="tel"
              autoComplete="off"
              value={value.phone}
              error={fields.phone}
              maxLength={textLimits.phone}
              onChange={({ currentTarget }) => change({ phone: currentTarget.value })}
            />
          </div>
          <TagsInput
            label="Tags"
            placeholder={value.tags.length === 0 ? 'Type one, then Enter' : undefined}
            data={knownTags.map(({ tag }) => tag)}
            value={value.tags}
            error={fields.tags}
            maxTags={candidateLimits.tags}
            onChange={(tags) =>
              change({
                tags: [...new Set(tags.map((tag) => tag.trim().toLowerCase().slice(0, candidateLimits.tag)))],
              })
            }
          />
          <Textarea
            label="Notes"
            autosize
            minRows={3}
            maxRows={16}
            value={value.notes}
            error={fields.notes}
            maxLength={textLimits.notes}
            onChange={({ currentTarget }) => change({ notes: currentTarget.value })}
          />
        </Stack>
      </SettingsGroup>
      <SettingsGroup
        title="Accommodations"
        lead="Made part of every interview from now on, and recorded in it. Interviews that are planned already keep theirs."
      >
        <Stack gap="md">
          <div className={classes.pair}>
            <NumberInput
              label="Extra time"
              suffix=" %"
              min={(candidateLimits.timeMultiplier.min - 1) * 100}
              max={(candidateLimits.timeMultiplier.max - 1) * 100}
              step={25}
              allowDecimal={false}
              clampBehavior="strict"
              value={Math.round((accommodation.timeMultiplier - 1) * 100)}
              error={fields['accommodation.timeMultiplier']}
              onChange={(percent) => accommodate({ timeMultiplier: (100 + (Number(percent) || 0)) / 100 })}
            />
            <NumberInput
              label="Extra takes"
              min={candidateLimits.extraTakes.min}
              max={candidateLimits.extraTakes.max}
              allowDecimal={false}
              clampBehavior="strict"
              value={accommodation.extraTakes}
              error={fields['accommodation.extraTakes']}
              onChange={(takes) => accommodate({ extraTakes: Number(takes) || 0 })}
            />
          </div>
          <Text size="sm" role="status" className={classes.words}>
            {accommodationWords(accommodation)}
          </Text>
          <Textarea
            label="Why, or what else helps"
            description="Those on the panel see this in the interview. Keep it to what they need to know."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            autosize
            minRows={2}
            maxRows={8}
            value={accommodation.note}
            error={fields['accommodation.note']}
            maxLength={textLimits.notes}
            onChange={({ currentTarget }) => accommodate({ note: currentTarget.value })}
          />
        </Stack>
      </SettingsGroup>
      <div className={classes.bar} data-draft={draft.isDraft || undefined}>
        {!conflict && Object.keys(fields).length === 0 && save.error?.code !== 'EMAIL_TAKEN' && (
          <FormFailure failure={save.error} />
        )}
        <Group justify="space-between" gap="sm">
          <Text size="sm" c="dimmed" role="status">
            {draft.isDraft ? 'Not saved yet. Your draft is kept on this machine.' : 'Everything is saved.'}
          </Text>
          <Group gap="sm">
            {draft.isDraft && (
              <Button variant="default" onClick={askToDiscard} disabled={save.isPending}>
                Discard
              </Button>
            )}
            <Button
              type="submit"
              loading={save.isPending}
              disabled={!draft.isDraft}
              aria-keyshortcuts="Control+S Meta+S"
            >
              Save
            </Button>
          </Group>
        </Group>
      </div>
      {conflict && (
        <ChangedMeanwhile
          title="This profile has changed meanwhile"
          mine={profileInWords(value)}
          theirs={profileInWords(draftOf(conflict))}
          saveLabel="Save mine over it"
          pending={save.isPending}
          onKeepMine={() =>
            // Where name and address have become the candidate's own meanwhile, these stay as they are.
            saveOver(
              conflict.version,
              conflict.identityEditable ? {} : { name: conflict.name, email: conflict.email },
            )
          }
          onTakeTheirs={() => {
            keep(conflict);
            draft.discard();
            setConflict(null);
            save.reset();
          }}
          onClose={() => setConflict(null)}
        >
          {save.error?.message} This is where it differs from what you have written.
        </ChangedMeanwhile>
      )}
    </form>
  );
}
