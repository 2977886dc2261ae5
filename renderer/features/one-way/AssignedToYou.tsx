import { Title } from '@mantine/core';
import { AssignedList } from './AssignedList.tsx';
import { useOpenAssigned } from './use-assigned.ts';

/** For home: what somebody waits for comes first. Nothing where there is nothing. */
export function AssignedToYou() {
  const { rows } = useOpenAssigned();
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="assigned" style={{ marginBottom: 'var(--mantine-spacing-xl)' }}>
      <Title order={2} id="assigned" mb="xs">
        Assigned to you
      </Title>
      <AssignedList rows={rows} />
    </section>
  );
}
