/**
 * SQL over a row of `interviews`: which of them somebody wants to look at.
 *
 * @param parameter notes a value and says how the statement names it
 */
export function wantedConditions(
  { kitId, from, until }: { kitId?: string; from?: string; until?: string },
  parameter: (value: unknown) => string,
): string[] {
  const conditions: string[] = [];
  if (kitId) {
    conditions.push(
      `kit_version_id IN (SELECT id FROM interview_kit_versions WHERE kit_id = ${parameter(kitId)})`,
    );
  }
  if (from) conditions.push(`started_at >= ${parameter(new Date(from))}`);
  if (until) conditions.push(`started_at < ${parameter(new Date(until))}`);
  return conditions;
}
