import classes from './ScoreRing.module.css';

/** A score of 0–100 as a number in a ring; a dash while there is none. */
export function ScoreRing({ score, size = 40 }: { score: number | null; size?: number }) {
  const stroke = size >= 56 ? 4 : 3;
  const radius = (size - stroke) / 2;
  const around = 2 * Math.PI * radius;
  const label = score === null ? 'Not rated yet' : `Score ${Math.round(score)} of 100`;
  return (
    <span
      className={classes.ring}
      style={{ width: size, height: size, fontSize: size * 0.34 }}
      role="img"
      aria-label={label}
    >
      <svg width={size} height={size} aria-hidden="true" focusable="false">
        <circle className={classes.track} cx={size / 2} cy={size / 2} r={radius} strokeWidth={stroke} />
        {score !== null && score > 0 && (
          <circle
            className={classes.value}
            cx={size / 2}
            cy={size / 2}
            r={radius}
            strokeWidth={stroke}
            strokeDasharray={`${(score / 100) * around} ${around}`}
            transform={`rotate(-90 ${size / 2} ${size / 2})`}
          />
        )}
      </svg>
      <span className={classes.number} data-none={score === null || undefined}>
        {score === null ? '–' : Math.round(score)}
      </span>
    </span>
  );
}
