import { ActionIcon, NativeSelect, Tooltip, VisuallyHidden } from '@mantine/core';
import {
  IconAlertTriangle,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconRewindBackward5,
  IconRewindForward5,
} from '@tabler/icons-react';
import { type CSSProperties, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { takeIdOf } from '../../shared/model/recording.ts';
import { mediaUrl } from '../lib/client.ts';
import { formatDuration } from '../lib/formats.ts';
import { useOperation } from '../lib/queries.ts';
import classes from './AudioPlayer.module.css';
import { Waveform } from './Waveform.tsx';

const speeds = [0.5, 0.75, 1, 1.25, 1.5, 2];
const skipSeconds = 5;

/** Where the position's keys lead, in seconds. */
const seekKeys = new Map<string, (at: number, length: number) => number>([
  ['ArrowLeft', (at) => at - skipSeconds],
  ['ArrowDown', (at) => at - skipSeconds],
  ['ArrowRight', (at) => at + skipSeconds],
  ['ArrowUp', (at) => at + skipSeconds],
  ['Home', () => 0],
  ['End', (_, length) => length],
]);
/** How many speeds up, with and without the shift key. */
const speedKeys = new Map([
  ['<', -1],
  [',', -1],
  ['>', 1],
  ['.', 1],
]);

/** Only one recording is heard at a time. */
let playing: HTMLAudioElement | null = null;

/**
 * Plays a recording, and shows how loud it is over time as soon as main knows; until then, and for a sample that is no
 * take, a plain bar of the same height. Where it is missing or damaged, it says so in its own place.
 *
 * @param src an answer's or take's audioUrl
 * @param durationMs how long it is; a recording that has just been stopped does not know that itself
 */
export function AudioPlayer({
  src,
  durationMs,
  label,
  jump,
}: {
  src: string;
  durationMs: number | null;
  label: string;
  /** Plays from this moment on; another number plays from it again. */
  jump?: { ms: number; number: number };
}) {
  const audio = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [failed, setFailed] = useState(false);
  const [seconds, setSeconds] = useState(0);
  const [speed, setSpeed] = useState(1);
  const [foundSeconds, setFoundSeconds] = useState(0);
  const [said, setSaid] = useState('');
  const takeId = takeIdOf(src);
  // What is drawn of a take never changes; while there is nothing, `interviews.changed` asks again (queries.ts).
  const waveform = useOperation(
    'recordings.peaks',
    { takeId: takeId ?? '' },
    { enabled: takeId !== null, staleTime: Number.POSITIVE_INFINITY },
  );
  const lengthSeconds = durationMs === null ? foundSeconds : durationMs / 1000;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another recording starts anew
  useEffect(() => {
    setFailed(false);
    setPlaying(false);
    setSeconds(0);
    setSaid('');
  }, [src]);

  const play = async () => {
    const element = audio.current;
    if (!element) return;
    if (playing !== element) playing?.pause();
    playing = element;
    if (element.currentTime >= lengthSeconds) element.currentTime = 0;
    // A refusal shows as the element's error event, or because pause came first.
    await element.play().catch(() => undefined);
  };
  const seek = (to: number) => {
    const within = Math.min(Math.max(0, to), lengthSeconds);
    setSeconds(within);
    if (audio.current) audio.current.currentTime = within;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: each jump is made once
  useEffect(() => {
    if (!jump) return;
    seek(jump.ms / 1000);
    void play();
  }, [jump?.number]);
  const skip = (by: number) => {
    seek(seconds + by);
    setSaid(positionInWords(Math.min(Math.max(0, seconds + by), lengthSeconds)));
  };
  const changeSpeed = (chosen: number) => {
    setSpeed(chosen);
    if (audio.current) audio.current.playbackRate = chosen;
  };
  const changeSpeedBy = (steps: number) => {
    const chosen = speeds[speeds.indexOf(speed) + steps];
    if (!chosen) return;
    changeSpeed(chosen);
    setSaid(`Speed ${chosen}×`);
  };
  const toggle = () => (isPlaying ? audio.current?.pause() : void play());
  const pressKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = seekKeys.get(event.key);
    const steps = speedKeys.get(event.key);
    if (target) seek(target(seconds, lengthSeconds));
    else if (steps) changeSpeedBy(steps);
    else if (event.key === ' ' || event.key.toLowerCase() === 'k') toggle();
    else return;
    event.preventDefault();
  };
  /** The same keys where the focus is on one of its buttons, which have Space and Enter of their own. */
  const pressKeyOnButton = (event: KeyboardEvent) => {
    const isOurs = event.key === 'ArrowLeft' || event.key === 'ArrowRight' || speedKeys.has(event.key);
    if (isOurs && event.target instanceof HTMLButtonElement) pressKey(event);
  };
  const tryAgain = () => {
    setFailed(false);
    audio.current?.load();
  };

  const length = formatDuration(lengthSeconds * 1000);
  const positionInWords = (at: number) => `${formatDuration(Math.floor(at) * 1000)} of ${length}`;
  const position = formatDuration(Math.floor(seconds) * 1000);
  const played = `${lengthSeconds > 0 ? (Math.min(seconds, lengthSeconds) / lengthSeconds) * 100 : 0}%`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of controls, not a part of a form
    <div className={classes.player} role="group" aria-label={label} onKeyDown={pressKeyOnButton}>
      {/* biome-ignore lint/a11y/useMediaCaption: the transcript stands beside it */}
      <audio
        ref={audio}
        src={mediaUrl(src)}
        preload="metadata"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setPlaying(false)}
        onTimeUpdate={({ currentTarget }) => setSeconds(currentTarget.currentTime)}
        onDurationChange={({ currentTarget: { duration } }) =>
          setFoundSeconds(Number.isFinite(duration) ? duration : 0)
        }
        // Loading anew sets the speed back.
        onLoadedMetadata={({ currentTarget }) => {
          currentTarget.playbackRate = speed;
        }}
        onError={() => setFailed(true)}
      />
      {failed ? (
        <div className={classes.failure} role="alert">
          <IconAlertTriangle size={18} aria-hidden />
          <span>This recording cannot be played. Its file may be missing or damaged.</span>
          <button type="button" className={classes.again} onClick={tryAgain}>
            Try again
          </button>
        </div>
      ) : (
        <>
          <ActionIcon
            size={40}
            radius="50%"
            aria-label={`${isPlaying ? 'Pause' : 'Play'} ${label}`}
            onClick={toggle}
          >
            {isPlaying ? <IconPlayerPauseFilled size={18} /> : <IconPlayerPlayFilled size={18} />}
          </ActionIcon>
          <Tooltip label={`Back ${skipSeconds} seconds`}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={32}
              aria-label={`Back ${skipSeconds} seconds in ${label}`}
              onClick={() => skip(-skipSeconds)}
            >
              <IconRewindBackward5 size={20} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={`On ${skipSeconds} seconds`}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={32}
              aria-label={`On ${skipSeconds} seconds in ${label}`}
              onClick={() => skip(skipSeconds)}
            >
              <IconRewindForward5 size={20} />
            </ActionIcon>
          </Tooltip>
          <span className={classes.time}>{position}</span>
          <div className={classes.track} style={{ '--played': played } as CSSProperties}>
            {waveform.data && <Waveform peaks={waveform.data} lengthMs={lengthSeconds * 1000} />}
            <input
              type="range"
              className={classes.seek}
              data-drawn={Boolean(waveform.data) || undefined}
              min={0}
              max={lengthSeconds}
              step="any"
              value={Math.min(seconds, lengthSeconds)}
              aria-label={`Position in ${label}`}
              aria-valuetext={positionInWords(seconds)}
              onChange={({ currentTarget }) => seek(currentTarget.valueAsNumber)}
              onKeyDown={pressKey}
            />
          </div>
          <span className={classes.time}>{length}</span>
          <Tooltip label="Speed">
            <NativeSelect
              size="xs"
              w={74}
              aria-label={`Speed of ${label}`}
              value={speed}
              data={speeds.map((value) => ({ value: String(value), label: `${value}×` }))}
              onChange={({ currentTarget }) => changeSpeed(Number(currentTarget.value))}
            />
          </Tooltip>
          {waveform.error?.details.damaged === true && (
            <span className={`${classes.failure} ${classes.damage}`} role="status">
              <IconAlertTriangle size={18} aria-hidden />
              {waveform.error.message} Part of it may still play.
            </span>
          )}
          <VisuallyHidden role="status">{said}</VisuallyHidden>
        </>
      )}
    </div>
  );
}
