import { Button, Checkbox, Group, Modal, NumberInput, Radio, SimpleGrid, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import type { RetentionDraft, RetentionRule } from '../../../shared/contract/retention.ts';
import { interviewKinds } from '../../../shared/model/interview.ts';
import { retainedStatuses, retentionLimits, retentionWhats } from '../../../shared/model/retention.ts';
import { done } from '../../lib/done.ts';
import { useAct, useOperation } from '../../lib/queries.ts';
import { kindWords } from '../../lib/words.ts';
import { FormFailure } from '../accounts/FormFailure.tsx';
import { ConflictNote } from './ConflictNote.tsx';
import { RetentionPreview } from './RetentionPreview.tsx';
import { retentionChanges } from './retention-changes.ts';
import { retainedStatusWords, ruleWords, whatExplanations, whatWords } from './retention-words.ts';

const usualDraft: RetentionDraft = {
  ...{ what: 'RECORDINGS', kinds: ['LIVE', 'ONE_WAY'], statuses: ['COMPLETED', 'ABANDONED'] },
  ...{ days: 180, graceDays: 14 },
};

/** Makes a rule, or changes one. What it would take is before one's eyes while it is being made. */
export function RuleDialog({ rule, onClose }: { rule: RetentionRule | null; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} size="lg" title={rule ? 'Change the rule' : 'Add a rule'}>
      <RuleForm rule={rule} onClose={onClose} />
    </Modal>
  );
}

function RuleForm({ rule, onClose }: { rule: RetentionRule | null; onClose: () => void }) {
  const [draft, setDraft] = useState<RetentionDraft>(rule ? draftOf(rule) : usualDraft);
  const [seen, setSeen] = useState(rule && { id: rule.id, version: rule.version });
  const [settled] = useDebouncedValue(draft, 250);
  const preview = useOperation('retention.preview', settled);
  const save = useAct('retention.saveRule', {
    changes: retentionChanges,
    showsFailure: true,
    onSuccess: () => {
      done('The rule is saved.');
      onClose();
    },
  });
  const change = (changes: Partial<RetentionDraft>) => setDraft((before) => ({ ...before, ...changes }));
  const isShown = settled === draft && preview.data !== undefined;
  const wrong = preview.error?.code === 'INVALID_INPUT' ? preview.error.fields : {};
  const send = (as: typeof seen) =>
    save.mutate({ id: as?.id ?? null, seen: as?.version ?? null, rule: draft });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isShown) send(seen);
  };
  const conflict = save.error?.code === 'CONFLICT' ? save.error.details : {};
  const isConflict = 'current' in conflict;
  const theirs = isConflict ? (conflict.current as RetentionRule | null) : null;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {isConflict ? (
          <ConflictNote
            now={theirs && ruleWords(theirs)}
            onTake={() => {
              save.reset();
              if (!theirs) return onClose();
              setDraft(draftOf(theirs));
              setSeen({ id: theirs.id, version: theirs.version });
            }}
            onOverwrite={() => {
              const as = theirs && { id: theirs.id, version: theirs.version };
              setSeen(as);
              send(as);
            }}
          />
        ) : (
          <FormFailure failure={save.error} />
        )}
        <Radio.Group
          label="What goes"
          value={draft.what}
          onChange={(value) => {
            const what = retentionWhats.find((each) => each === value) ?? draft.what;
            const statuses = draft.statuses.filter((each) => what === 'INTERVIEWS' || each !== 'PENDING');
            change({ what, statuses });
          }}
        >
          <Stack gap="xs" mt={6}>
            {retentionWhats.map((what) => (
              <Radio key={what} value={what} label={whatWords[what]} description={whatExplanations[what]} />
            ))}
          </Stack>
        </Radio.Group>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Checkbox.Group
            label="Of which interviews"
            error={wrong.kinds}
            value={draft.kinds}
            onChange={(values) => change({ kinds: interviewKinds.filter((kind) => values.includes(kind)) })}
          >
            <Stack gap="xs" mt={6}>
              {interviewKinds.map((kind) => (
                <Checkbox key={kind} value={kind} label={kindWords[kind]} />
              ))}
            </Stack>
          </Checkbox.Group>
          <Checkbox.Group
            label="That are"
            error={wrong.statuses}
            value={draft.statuses}
            onChange={(values) =>
              change({ statuses: retainedStatuses.filter((status) => values.includes(status)) })
            }
          >
            <Stack gap="xs" mt={6}>
              {retainedStatuses
                .filter((status) => draft.what === 'INTERVIEWS' || status !== 'PENDING')
                .map((status) => (
                  <Checkbox
                    key={status}
                    value={status}
                    label={retainedStatusWords[status]}
                    description={
                      status === 'PENDING'
                        ? 'Counted from when it was last changed, planned or due.'
                        : undefined
                    }
                  />
                ))}
            </Stack>
          </Checkbox.Group>
          <NumberInput
            label="Days after the end"
            description="From then on it is announced."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            {...retentionLimits.days}
            clampBehavior="none"
            allowDecimal={false}
            error={wrong.days}
            value={draft.days}
            onChange={(value) => change({ days: Number(value) })}
          />
          <NumberInput
            label="Days of grace"
            description="Announced on the interview for so long before it goes. 0: it goes unannounced."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            {...retentionLimits.graceDays}
            clampBehavior="none"
            allowDecimal={false}
            error={wrong.graceDays}
            value={draft.graceDays}
            onChange={(value) => change({ graceDays: Number(value) })}
          />
        </SimpleGrid>
        <RetentionPreview draft={settled} preview={preview} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!isShown}>
            Save the rule
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function draftOf({ what, kinds, statuses, days, graceDays }: RetentionRule): RetentionDraft {
  return { what, kinds, statuses, days, graceDays };
}
