import { ActionIcon, NativeSelect, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { type CSSProperties, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { mediaUrl } from '../lib/client.ts';
import { formatDuration } from '../lib/formats.ts';
import classes from './AudioPlayer.module.css';

const speeds = [0.5, 0.75, 1, 1.25, 1.5, 2];
const arrowSeconds = 5;

/** Only one recording is heard at a time. */
let playing: HTMLAudioElement | null = null;

/**
 * Plays a recording. Where it is missing or damaged, it says so in its own place.
 *
 * @param src an answer's or take's audioUrl
 * @param durationMs how long it is; a recording that has just been stopped does not know that itself
 */
export function AudioPlayer({
  src,
  durationMs,
  label,
}: {
  src: string;
  durationMs: number | null;
  label: string;
}) {
  const audio = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [failed, setFailed] = useState(false);
  const [seconds, setSeconds] = useState(0);
  const [speed, setSpeed] = useState(1);
  const [foundSeconds, setFoundSeconds] = useState(0);
  const lengthSeconds = durationMs === null ? foundSeconds : durationMs / 1000;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another recording starts anew
  useEffect(() => {
    setFailed(false);
    setPlaying(false);
    setSeconds(0);
  }, [src]);

  const play = async () => {
    const element = audio.current;
    if (!element) return;
    if (playing !== element) playing?.pause();
    playing = element;
    if (seconds >= lengthSeconds) element.currentTime = 0;
    // A refusal shows as the element's error event, or because pause came first.
    await element.play().catch(() => undefined);
  };
  const seek = (to: number) => {
    const within = Math.min(Math.max(0, to), lengthSeconds);
    setSeconds(within);
    if (audio.current) audio.current.currentTime = within;
  };
  const seekByKey = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    seek(seconds + step * arrowSeconds);
  };
  const tryAgain = () => {
    setFailed(false);
    audio.current?.load();
  };

  const position = formatDuration(Math.floor(seconds) * 1000);
  const length = formatDuration(lengthSeconds * 1000);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of controls, not a part of a form
    <div className={classes.player} role="group" aria-label={label}>
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
            onClick={() => (isPlaying ? audio.current?.pause() : void play())}
          >
            {isPlaying ? <IconPlayerPauseFilled size={18} /> : <IconPlayerPlayFilled size={18} />}
          </ActionIcon>
          <span className={classes.time}>{position}</span>
          <input
            type="range"
            className={classes.seek}
            style={
              { '--played': `${lengthSeconds > 0 ? (seconds / lengthSeconds) * 100 : 0}%` } as CSSProperties
            }
            min={0}
            max={lengthSeconds}
            step="any"
            value={Math.min(seconds, lengthSeconds)}
            aria-label={`Position in ${label}`}
            aria-valuetext={`${position} of ${length}`}
            onChange={({ currentTarget }) => seek(currentTarget.valueAsNumber)}
            onKeyDown={seekByKey}
          />
          <span className={classes.time}>{length}</span>
          <Tooltip label="Speed">
            <NativeSelect
              size="xs"
              w={74}
              aria-label={`Speed of ${label}`}
              value={speed}
              data={speeds.map((value) => ({ value: String(value), label: `${value}×` }))}
              onChange={({ currentTarget }) => {
                const chosen = Number(currentTarget.value);
                setSpeed(chosen);
                if (audio.current) audio.current.playbackRate = chosen;
              }}
            />
          </Tooltip>
        </>
      )}
    </div>
  );
}
