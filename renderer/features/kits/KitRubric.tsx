import { ActionIcon, Autocomplete, Button, Group, NumberInput, Stack, Text, Textarea } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconChevronRight, IconPlus, IconTrash } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { KitCompetency } from '../../../shared/contract/kits.ts';
import { usualAnchors } from '../../../shared/model/anchors.ts';
import { competencyLabel, competencyLabels } from '../../../shared/model/competencies.ts';
import { levels } from '../../../shared/model/rating.ts';
import { useOperation } from '../../lib/queries.ts';
import classes from './KitRubric.module.css';
import type { DraftItem } from './kit-draft.ts';

/** What is judged, how much each counts, and what its levels look like. */
export function KitRubric({
  competencies,
  items,
  onChange,
}: {
  competencies: readonly KitCompetency[];
  items: readonly DraftItem[];
  onChange: (competencies: KitCompetency[]) => void;
}) {
  const { data: known } = useOperation('library.competencies');
  const [typed, setTyped] = useState('');
  const judged = new Set(competencies.map(({ key }) => key));
  const asked = new Set(
    items.flatMap((item) =>
      item.type === 'DRAW' ? item.competencies : item.question ? [item.question.competency] : [],
    ),
  );
  const missing = [...asked].filter((key) => !judged.has(key));
  const total = competencies.reduce((sum, { weight }) => sum + weight, 0);

  const add = (...keys: string[]) => {
    const fresh = [...new Set(keys)].filter((key) => key && !judged.has(key));
    onChange([...competencies, ...fresh.map((key) => ({ key, weight: 1, levels: usualAnchors(key) }))]);
    setTyped('');
  };
  const replace = (index: number, competency: KitCompetency) =>
    onChange(competencies.map((each, place) => (place === index ? competency : each)));
  const choices = [...new Set([...Object.keys(competencyLabels), ...(known ?? []).map(({ key }) => key)])]
    .filter((key) => !judged.has(key))
    .map(competencyLabel);

  return (
    <Stack gap="sm">
      {competencies.length > 0 && (
        <ul className={classes.list} aria-label="Competencies">
          {competencies.map((competency, index) => (
            <Competency
              key={competency.key}
              competency={competency}
              share={total > 0 ? competency.weight / total : 0}
              onChange={(next) => replace(index, next)}
              onRemove={() => {
                const remove = () => onChange(competencies.filter((_, place) => place !== index));
                if (isUsual(competency)) remove();
                else askToLose(`Take “${competencyLabel(competency.key)}” out?`, 'Take it out', remove);
              }}
            />
          ))}
        </ul>
      )}
      <Group gap="sm" align="flex-end">
        <Autocomplete
          label="Add a competency"
          placeholder="Choose one, or name your own"
          data={choices}
          value={typed}
          onChange={setTyped}
          onOptionSubmit={(label) => add(keyOfLabel(label))}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            // Enter is for this field, not for the whole form.
            event.preventDefault();
            add(keyOfLabel(typed));
          }}
          className={classes.adder}
        />
        <Button
          variant="default"
          leftSection={<IconPlus size={16} />}
          disabled={!typed.trim()}
          onClick={() => add(keyOfLabel(typed))}
        >
          Add
        </Button>
        {missing.length > 0 && (
          <Button variant="subtle" onClick={() => add(...missing)}>
            Add what the questions are about ({missing.length})
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function Competency({
  competency,
  share,
  onChange,
  onRemove,
}: {
  competency: KitCompetency;
  share: number;
  onChange: (competency: KitCompetency) => void;
  onRemove: () => void;
}) {
  const { key, weight } = competency;
  const [opened, setOpened] = useState(false);
  const id = useId();
  const label = competencyLabel(key);
  return (
    <li className={classes.item}>
      <div className={classes.head}>
        <button
          type="button"
          className={classes.toggle}
          aria-expanded={opened}
          aria-controls={id}
          onClick={() => setOpened(!opened)}
        >
          <IconChevronRight size={16} className={classes.chevron} aria-hidden />
          <span className={classes.name}>{label}</span>
        </button>
        <Group gap="xs" wrap="nowrap">
          <Text size="sm" c="dimmed" className={classes.share}>
            {Math.round(share * 100)} %
          </Text>
          <NumberInput
            aria-label={`Weight of ${label}`}
            size="xs"
            w={76}
            min={0.1}
            max={10}
            step={0.5}
            decimalScale={1}
            clampBehavior="blur"
            value={weight}
            onChange={(value) => onChange({ ...competency, weight: Number(value) || 0 })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Take ${label} out`}
            title="Take it out"
            onClick={onRemove}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      </div>
      {opened && (
        <div id={id} className={classes.levels}>
          {levels.map((level, index) => (
            <Textarea
              key={level}
              label={`Level ${level}`}
              autosize
              minRows={1}
              maxRows={6}
              maxLength={2_000}
              value={competency.levels[index] ?? ''}
              onChange={({ currentTarget: { value } }) =>
                onChange({
                  ...competency,
                  levels: competency.levels.map((words, place) => (place === index ? value : words)),
                })
              }
            />
          ))}
          {!isUsual(competency) && (
            <Button
              variant="subtle"
              size="compact-sm"
              color="gray"
              onClick={() =>
                askToLose('Put Parley’s words back?', 'Put them back', () =>
                  onChange({ ...competency, levels: usualAnchors(key) }),
                )
              }
            >
              Put Parley’s words back
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

function isUsual({ key, levels }: KitCompetency): boolean {
  return usualAnchors(key).every((words, index) => words === levels[index]);
}

/** Before words go that somebody has written. */
function askToLose(title: string, confirm: string, onConfirm: () => void): void {
  modals.openConfirmModal({
    title,
    children: <Text size="sm">What you wrote for its levels goes.</Text>,
    labels: { confirm, cancel: 'Keep it' },
    confirmProps: { color: 'red' },
    onConfirm,
  });
}

/** The key of a competency that is known by this label; of others the label is the key. */
function keyOfLabel(label: string): string {
  const wanted = label.trim();
  const found = Object.entries(competencyLabels).find(
    ([key, known]) => known.toLowerCase() === wanted.toLowerCase() || key === wanted,
  );
  return found?.[0] ?? wanted;
}
