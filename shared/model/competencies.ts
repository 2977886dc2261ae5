/**
 * The competencies of the starter library, by key. A team may use others: a competency is free text in the database,
 * and one without a label here is shown as it stands.
 */
export const competencyLabels: Readonly<Record<string, string>> = {
  algorithms: 'Algorithms and data structures',
  'code-quality': 'Code quality and design',
  'system-design': 'System design',
  databases: 'Data and databases',
  concurrency: 'Concurrency',
  networking: 'Networking and APIs',
  testing: 'Testing and debugging',
  operations: 'Operations and reliability',
  security: 'Security',
  collaboration: 'Collaboration and communication',
};

export function competencyLabel(key: string): string {
  return competencyLabels[key] ?? key;
}
