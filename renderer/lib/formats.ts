/** The words are English, so dates are too, in the person's own English where they have one. */
const locale = navigator.language.startsWith('en') ? navigator.language : 'en-GB';

const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
const day = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short' });
const dayOfYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });
const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' });

/** A duration in ms as `1:05`, or `1:02:05` from an hour on. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [hours = 0, minutes = 0, rest = 0] = parts;
  const clock = hours > 0 ? [hours, String(minutes).padStart(2, '0')] : [minutes];
  return [...clock, String(rest).padStart(2, '0')].join(':');
}

/** A moment as short as it can be and still be clear: `Today, 14:05`, `Yesterday, 9:30`, `Tue 3 Mar`, `3 Mar 2025`. */
export function formatMoment(iso: string, now = new Date()): string {
  const moment = new Date(iso);
  const daysAgo = Math.round((startOfDay(now) - startOfDay(moment)) / 86_400_000);
  if (daysAgo === 0) return `Today, ${time.format(moment)}`;
  if (daysAgo === 1) return `Yesterday, ${time.format(moment)}`;
  return (moment.getFullYear() === now.getFullYear() ? day : dayOfYear).format(moment);
}

/** The day of a moment: `3 Mar 2025`. */
export function formatDay(iso: string): string {
  return dayOfYear.format(new Date(iso));
}

/** A moment in full, for a title or a page of its own. */
export function formatMomentInFull(iso: string): string {
  return full.format(new Date(iso));
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** `1 question`, `2 questions`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString(locale)} ${number === 1 ? one : many}`;
}
