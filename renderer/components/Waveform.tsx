import { useElementSize } from '@mantine/hooks';
import { useMemo } from 'react';
import classes from './Waveform.module.css';
import { barsOf, type Peaks } from './waveform-bars.ts';

/** From one bar to the next, px. */
const pitch = 3;

/**
 * A recording's loudness over time, as wide as there is room. What has been played is in another colour, up to the CSS
 * variable `--played`: moving on draws nothing anew.
 */
export function Waveform({ peaks, lengthMs }: { peaks: Peaks; lengthMs: number }) {
  const { ref, width, height } = useElementSize();
  const count = Math.floor(width / pitch);
  const path = useMemo(() => {
    // A round end adds half a bar's width above and below; what is silent is a dot.
    const reach = height / 2 - 2;
    return barsOf(peaks, lengthMs, count)
      .map((bar, index) => {
        const x = (index + 0.5) * (width / count);
        return `M${x.toFixed(1)} ${(height / 2 - bar * reach).toFixed(1)}v${(2 * bar * reach).toFixed(1)}`;
      })
      .join('');
  }, [peaks, lengthMs, count, width, height]);
  return (
    <div ref={ref} className={classes.waveform} aria-hidden data-testid="waveform">
      {count > 0 && (
        <>
          <svg className={classes.bars} width={width} height={height} aria-hidden="true">
            <path d={path} />
          </svg>
          <svg className={classes.played} width={width} height={height} aria-hidden="true">
            <path d={path} />
          </svg>
        </>
      )}
    </div>
  );
}
