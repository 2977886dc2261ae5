/** A greeting by the hour of the day, 0–23, with the first name. */
export function greeting(name: string, hour: number): string {
  const part = hour < 5 || hour >= 18 ? 'evening' : hour < 12 ? 'morning' : 'afternoon';
  const [first] = name.trim().split(/\s+/);
  return `Good ${part}, ${first}`;
}
