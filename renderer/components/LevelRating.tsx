import { Button } from '@mantine/core';
import { type KeyboardEvent, useId, useRef } from 'react';
import { type Level, levels, scoreOfLevel } from '../../shared/model/rating.ts';
import classes from './LevelRating.module.css';

/**
 * Rates an answer against its rubric: five levels, each anchored in what it looks like. The keys 1–5 choose a level while
 * the focus is in the group. The score follows from the level.
 */
export function LevelRating({
  level,
  anchors,
  label = 'How good was this answer?',
  readOnly = false,
  onRate,
}: {
  level: Level | null;
  /** What levels 1–5 look like, in order. */
  anchors: readonly string[];
  label?: string;
  readOnly?: boolean;
  /** With null the rating is taken back. */
  onRate: (level: Level | null) => void;
}) {
  const name = useId();
  const group = useRef<HTMLFieldSetElement>(null);
  const chooseByKey = (event: KeyboardEvent) => {
    const chosen = levels.find((candidate) => String(candidate) === event.key);
    if (readOnly || !chosen || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onRate(chosen);
    group.current?.querySelector<HTMLInputElement>(`input[value="${chosen}"]`)?.focus();
  };

  return (
    <fieldset ref={group} className={classes.group} onKeyDown={chooseByKey}>
      <legend className={classes.legend}>{label}</legend>
      <div className={classes.levels}>
        {levels.map((candidate, index) => (
          <label key={candidate} className={classes.level} data-chosen={level === candidate || undefined}>
            <input
              type="radio"
              className={classes.input}
              name={name}
              value={candidate}
              checked={level === candidate}
              disabled={readOnly}
              onChange={() => onRate(candidate)}
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
        <span role="status">{level === null ? 'Not rated yet' : `Score ${scoreOfLevel(level)} of 100`}</span>
        {level !== null && !readOnly && (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onRate(null)}>
            Take the rating back
          </Button>
        )}
      </div>
    </fieldset>
  );
}
