import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { followEvents, queryClient } from '../lib/queries.ts';
import { bridge, Refusal } from '../testing/bridge.ts';
import { renderInApp } from '../testing/render.tsx';
import { AudioPlayer } from './AudioPlayer.tsx';

const takeId = '0190a3c0-0000-7000-8000-000000000007';
const drawn = { durationMs: 60_000, bucketMs: 50, peaks: new Uint8Array(1_200).fill(100) };

beforeEach(() => queryClient.clear());

function renderPlayer(src = `media://takes/${takeId}`) {
  renderInApp(<AudioPlayer src={src} durationMs={60_000} label="Take 1" />);
  const audio = document.querySelector('audio');
  if (!audio) throw new Error('There is no audio element.');
  return audio;
}

const position = () => screen.getByRole('slider', { name: 'Position in Take 1' });
const positionText = () => position().getAttribute('aria-valuetext');

it('is moved by the keys of its position, within the recording', async () => {
  bridge.answer('recordings.peaks', () => drawn);
  const audio = renderPlayer();
  position().focus();
  expect(positionText()).toBe('0:00 of 1:00');
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowUp}');
  expect(audio.currentTime).toBe(15);
  expect(positionText()).toBe('0:15 of 1:00');
  await userEvent.keyboard('{ArrowLeft}{ArrowDown}');
  expect(audio.currentTime).toBe(5);
  await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
  expect(audio.currentTime).toBe(0);
  await userEvent.keyboard('{End}');
  expect(positionText()).toBe('1:00 of 1:00');
  await userEvent.keyboard('{ArrowRight}');
  expect(positionText()).toBe('1:00 of 1:00');
  await userEvent.keyboard('{Home}');
  expect(positionText()).toBe('0:00 of 1:00');
});

it('plays, pauses and changes its speed by keys, and says the speed', async () => {
  bridge.answer('recordings.peaks', () => drawn);
  const audio = renderPlayer();
  position().focus();
  await userEvent.keyboard(' ');
  await screen.findByRole('button', { name: 'Pause Take 1' });
  expect(audio.paused).toBe(false);
  await userEvent.keyboard('k');
  await screen.findByRole('button', { name: 'Play Take 1' });
  await userEvent.keyboard('>.>');
  expect(audio.playbackRate).toBe(2);
  expect(screen.getByRole('status').textContent).toBe('Speed 2×');
  await userEvent.keyboard('>');
  expect(audio.playbackRate).toBe(2);
  await userEvent.keyboard('<,,,,,,');
  expect(audio.playbackRate).toBe(0.5);
  expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Speed of Take 1' }).value).toBe('0.5');
});

it('goes and changes its speed by keys from its play button as well', async () => {
  bridge.answer('recordings.peaks', () => drawn);
  const audio = renderPlayer();
  screen.getByRole('button', { name: 'Play Take 1' }).focus();
  await userEvent.keyboard('{ArrowRight}>');
  expect(audio.currentTime).toBe(5);
  expect(audio.playbackRate).toBe(1.25);
  await userEvent.keyboard(' ');
  await screen.findByRole('button', { name: 'Pause Take 1' });
});

it('keeps its hands off keys with a modifier', async () => {
  bridge.answer('recordings.peaks', () => drawn);
  const audio = renderPlayer();
  position().focus();
  await userEvent.keyboard('{Control>}k{ArrowRight}{/Control}');
  expect(audio.paused).toBe(true);
  expect(audio.currentTime).toBe(0);
});

it('skips by its buttons, and says where it is', async () => {
  bridge.answer('recordings.peaks', () => drawn);
  const audio = renderPlayer();
  await userEvent.click(screen.getByRole('button', { name: 'On 5 seconds in Take 1' }));
  await userEvent.click(screen.getByRole('button', { name: 'On 5 seconds in Take 1' }));
  expect(screen.getByRole('status').textContent).toBe('0:10 of 1:00');
  await userEvent.click(screen.getByRole('button', { name: 'Back 5 seconds in Take 1' }));
  expect(audio.currentTime).toBe(5);
});

it('has a plain bar until the take is finished, and draws it then', async () => {
  const end = followEvents();
  bridge.answer('recordings.peaks', () => null);
  bridge.answer('interviews.get', () => Promise.reject(new Error('not shown')));
  renderPlayer();
  await waitFor(() => expect(bridge.inputsOf('recordings.peaks')).toEqual([{ takeId }]));
  expect(screen.queryByTestId('waveform')).toBeNull();
  bridge.answer('recordings.peaks', () => drawn);
  act(() => bridge.emit('interviews.changed', { interviewId: takeId }));
  await screen.findByTestId('waveform');
  act(() => bridge.emit('interviews.changed', { interviewId: takeId }));
  expect(bridge.inputsOf('recordings.peaks').length).toBe(2);
  end();
});

it('asks for no waveform of what is no take', () => {
  renderPlayer('blob:http://127.0.0.1/1');
  expect(bridge.inputsOf('recordings.peaks')).toEqual([]);
  expect(position()).toBeTruthy();
});

it('says that a file is damaged, and still lets it be played', async () => {
  bridge.answer('recordings.peaks', () => {
    throw new Refusal({
      ...{ code: 'CONFLICT', message: 'The file of this recording is damaged.', details: { damaged: true } },
    });
  });
  renderPlayer();
  await screen.findByText(/^The file of this recording is damaged\./);
  expect(screen.getByRole('button', { name: 'Play Take 1' })).toBeTruthy();
});

it('says that a recording cannot be played, and tries again', async () => {
  bridge.answer('recordings.peaks', () => drawn);
  const audio = renderPlayer();
  act(() => void audio.dispatchEvent(new Event('error')));
  expect((await screen.findByRole('alert')).textContent).toContain('missing or damaged');
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(position()).toBeTruthy();
});
