import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { renderInApp } from '../testing/render.tsx';
import { AudioPlayer } from './AudioPlayer.tsx';

/** The page's one audio element, in whose place a browser would play. */
function audio(): HTMLAudioElement {
  const element = document.querySelector('audio');
  if (!element) throw new Error('There is no player.');
  return element;
}

const takeUrl = 'media://takes/0190a3c0-0000-7000-8000-000000000001';

it('tells position and length as text, from the length it is given', () => {
  renderInApp(<AudioPlayer src={takeUrl} durationMs={83_000} label="Your answer" />);
  const slider = screen.getByRole('slider', { name: 'Position in Your answer' });
  expect(slider.getAttribute('aria-valuetext')).toBe('0:00 of 1:23');
  audio().currentTime = 12.7;
  fireEvent.timeUpdate(audio());
  expect(slider.getAttribute('aria-valuetext')).toBe('0:12 of 1:23');
});

it('moves by five seconds with the arrow keys, within the recording', async () => {
  renderInApp(<AudioPlayer src={takeUrl} durationMs={12_000} label="Your answer" />);
  const slider = screen.getByRole('slider', { name: 'Position in Your answer' });
  slider.focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}');
  expect(audio().currentTime).toBe(10);
  await userEvent.keyboard('{ArrowUp}');
  expect(audio().currentTime).toBe(12);
  await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowDown}');
  expect(audio().currentTime).toBe(0);
});

it('plays at the speed that was chosen', async () => {
  renderInApp(<AudioPlayer src={takeUrl} durationMs={12_000} label="Your answer" />);
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Speed of Your answer' }), '1.5×');
  expect(audio().playbackRate).toBe(1.5);
});

it('says that a recording cannot be played, in its own place, and tries again', async () => {
  renderInApp(
    <>
      <AudioPlayer src={takeUrl} durationMs={12_000} label="Your answer" />
      <p>The rest of the page</p>
    </>,
  );
  fireEvent.error(audio());
  expect(screen.getByRole('alert').textContent).toMatch(/cannot be played/);
  screen.getByText('The rest of the page');
  const load = vi.spyOn(audio(), 'load').mockImplementation(() => {});
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(load).toHaveBeenCalledOnce();
  screen.getByRole('button', { name: 'Play Your answer' });
});
