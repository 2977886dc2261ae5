import type { ValueTransformer } from 'typeorm';

/** PostgreSQL's `numeric` comes as text, since it may hold more than a double; our scores never do. */
export const decimal: ValueTransformer = {
  to: (value: number | null) => value,
  from: (value: string | null) => (value === null ? null : Number(value)),
};
