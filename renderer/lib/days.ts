/** A local day as a date field has it, `2026-03-31`; undefined for anything else. */
export function dayOf(text: string | null): string | undefined {
  return text && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
}

/** Midnight here, so many days after a day; by the calendar, since a day may have 23 or 25 hours. */
export function startOfDay(localDay: string, daysLater = 0): string {
  const [year = 0, month = 1, date = 1] = localDay.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
}
