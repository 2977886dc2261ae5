import { Checkbox, Chip, Group, Input, MultiSelect, NumberInput, Text } from '@mantine/core';
import { competencyLabel } from '../../../shared/model/competencies.ts';
import { type QuestionDifficulty, questionDifficulties } from '../../../shared/model/difficulty.ts';
import { practiceLimits } from '../../../shared/model/limits.ts';
import { useOperation } from '../../lib/queries.ts';
import { questionDifficultyWords } from '../../lib/words.ts';
import classes from './DrawRule.module.css';
import type { DraftItem } from './kit-draft.ts';

type Draw = Extract<DraftItem, { type: 'DRAW' }>;

/** A rule by which questions are drawn anew for each candidate. */
export function DrawRule({
  item,
  number,
  onChange,
}: {
  item: Draw;
  number: number;
  onChange: (item: Draw) => void;
}) {
  const { data: known } = useOperation('library.competencies');
  const choices = [
    ...(known ?? []).map(({ key, label, EASY, MEDIUM, HARD }) => ({
      value: key,
      label: `${label} (${EASY + MEDIUM + HARD})`,
    })),
    ...item.competencies
      .filter((key) => !known?.some((each) => each.key === key))
      .map((key) => ({ value: key, label: competencyLabel(key) })),
  ];
  const { data: facets } = useOperation('library.facets');
  const tags = [...new Set([...(facets?.tags ?? []).map(({ value }) => value), ...(item.tags ?? [])])];
  return (
    <fieldset className={classes.rule}>
      <legend className={classes.legend}>Rule {number}: drawn for each candidate</legend>
      <div className={classes.fields}>
        <NumberInput
          label="Draw"
          value={item.count}
          min={practiceLimits.questionCount.min}
          max={practiceLimits.questionCount.max}
          clampBehavior="strict"
          allowDecimal={false}
          allowNegative={false}
          onChange={(value) =>
            onChange({ ...item, count: Number(value) || practiceLimits.questionCount.min })
          }
        />
        <MultiSelect
          label="On"
          placeholder={item.competencies.length === 0 ? 'Choose competencies' : undefined}
          data={choices}
          value={item.competencies}
          onChange={(competencies) => onChange({ ...item, competencies })}
          searchable
          hidePickedOptions
          selectFirstOptionOnChange
          nothingFoundMessage="The library has no such competency"
        />
      </div>
      {tags.length > 0 && (
        <MultiSelect
          mt="sm"
          label="Tagged"
          description="Only questions that have all of these."
          placeholder={item.tags?.length ? undefined : 'Any tags'}
          data={tags}
          value={item.tags ?? []}
          onChange={(chosen) => onChange({ ...item, tags: chosen })}
          searchable
          hidePickedOptions
          selectFirstOptionOnChange
          nothingFoundMessage="The library has no such tag"
        />
      )}
      <Group gap="md" mt="sm" align="center">
        <Group gap="xs" role="group" aria-label={`Difficulties of rule ${number}`}>
          <Input.Label component="span" size="sm">
            Only
          </Input.Label>
          <Chip.Group
            multiple
            value={item.difficulties}
            onChange={(difficulties) =>
              onChange({ ...item, difficulties: difficulties as QuestionDifficulty[] })
            }
          >
            {questionDifficulties.map((each) => (
              <Chip key={each} value={each} size="xs" variant="light">
                {questionDifficultyWords[each]}
              </Chip>
            ))}
          </Chip.Group>
          {item.difficulties.length === 0 && (
            <Text size="xs" c="dimmed">
              none chosen: the level’s mix
            </Text>
          )}
        </Group>
        <Checkbox
          size="sm"
          label="Never asked to this candidate before"
          checked={item.neverAsked}
          onChange={({ currentTarget }) => onChange({ ...item, neverAsked: currentTarget.checked })}
        />
      </Group>
    </fieldset>
  );
}
