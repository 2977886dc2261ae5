import { Link, useLocation } from 'react-router';
import { formatDuration } from '../../lib/formats.ts';
import { isCapturing } from '../../lib/recorder/recorder-state.ts';
import { useLive } from '../../stores/live.ts';
import { useOneWay } from '../../stores/one-way.ts';
import { usePractice } from '../../stores/practice.ts';
import { useRecorder } from '../../stores/recorder.ts';
import { LiveRegion } from './LiveRegion.tsx';
import classes from './RecordingIndicator.module.css';

const words = { recording: 'Recording', paused: 'Paused', finishing: 'Saving' } as const;

/** For the shell: while an answer is recorded and another screen is shown, says so and leads back. */
export function RecordingIndicator() {
  const { pathname } = useLocation();
  const practising = usePractice((practice) => practice.interviewId);
  const held = useLive((live) => live.interviewId);
  const assigned = useOneWay(({ step, interviewId }) => (step === 'answer' ? interviewId : null));
  const phase = useRecorder((state) => state.phase);
  const unsaved = useRecorder((state) => state.unsaved);
  const seconds = useRecorder((state) => Math.floor(state.elapsedMs / 1000));
  const place = placeOf({ practising, held, assigned });
  if (!place || pathname === place) return null;
  const word = isCapturing(phase) ? words[phase] : unsaved ? 'Not saved yet' : null;
  return (
    <>
      <LiveRegion />
      {word && (
        <Link to={place} className={classes.indicator} data-phase={phase}>
          <span className={classes.dot} aria-hidden />
          <span className={classes.word}>{word}</span>
          <span className={classes.time}>{formatDuration(seconds * 1000)}</span>
        </Link>
      )}
    </>
  );
}

function placeOf(running: {
  practising: string | null;
  held: string | null;
  assigned: string | null;
}): string | null {
  const { practising, held, assigned } = running;
  // Somebody may have looked at an answer elsewhere before; who answers here is recorded here.
  if (assigned) return `/assigned/${assigned}`;
  if (practising) return `/practice/${practising}`;
  return held && `/desk/${held}/live`;
}
