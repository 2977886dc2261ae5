/** A moment as a datetime-local field has it: local time, to the minute. */
export function toField(iso: string | null): string {
  if (!iso) return '';
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Null where the field is empty. */
export function fromField(local: string): string | null {
  return local === '' ? null : new Date(local).toISOString();
}
