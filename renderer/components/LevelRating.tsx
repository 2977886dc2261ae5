import { Button } from '@mantine/core';
import { type KeyboardEvent, useId, useRef } from 'react';
import { type Level, levels, scoreOfLevel } from '../../shared/model/rating.ts';
import { useAct } from '../lib/queries.ts';
import classes from './LevelRating.module.css';

/**
 * Rates an answer against its rubric: five levels, each anchored in what it looks like. The keys 1–5 choose a level while
 * the focus is in the group. The score follows from the level.
 */
export function LevelRating({
  questionId,
  level,
  anchors,
  label = 'How good was this answer?',
}: {
  questionId: string;
  level: Level | null;
  /** What levels 1–5 look like, in order. */
  anchors: readonly string[];
  label?: string;
}) {
  const name = useId();
  const group = useRef<HTMLFieldSetElement>(null);
  const rate = useAct('answers.rate', {
    changes: ['interviews.get', 'interviews.list', 'interviews.unfinished'],
  });
  // What was just chosen shows at once; what main says holds as soon as it has said it.
  const shown = rate.isPending && rate.variables ? rate.variables.level : level;

  const chooseByKey = (event: KeyboardEvent) => {
    const chosen = levels.find((candidate) => String(candidate) === event.key);
    if (!chosen || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    rate.mutate({ questionId, level: chosen });
    group.current?.querySelector<HTMLInputElement>(`input[value="${chosen}"]`)?.focus();
  };

  return (
    <fieldset ref={group} className={classes.group} onKeyDown={chooseByKey}>
      <legend className={classes.legend}>{label}</legend>
      <div className={classes.levels}>
        {levels.map((candidate, index) => (
          <label key={candidate} className={classes.level} data-chosen={shown === candidate || undefined}>
            <input
              type="radio"
              className={classes.input}
              name={name}
              value={candidate}
              checked={shown === candidate}
              onChange={() => rate.mutate({ questionId, level: candidate })}
            />
            <span className={classes.number} aria-hidden>
              {candidate}
            </span>
            <span className={classes.anchor}>
              <span className={classes.spoken}>Level {candidate}: </span>
              {anchors[index]}
            </span>
          </label>
        ))}
      </div>
      <div className={classes.outcome}>
        <span role="status">{shown === null ? 'Not rated yet' : `Score ${scoreOfLevel(shown)} of 100`}</span>
        {shown !== null && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            onClick={() => rate.mutate({ questionId, level: null })}
          >
            Take the rating back
          </Button>
        )}
      </div>
    </fieldset>
  );
}
