import { Anchor, Group, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { DeskRow } from '../../../shared/contract/desk.ts';
import { useOperation } from '../../lib/queries.ts';
import { DeskSummary } from '../desk/DeskList.tsx';
import classes from './HomeScreen.module.css';

const shown = 3;

/** What an interviewer has before them: what runs, what comes, and what waits for their scorecard. */
export function NextInterviews() {
  const running = useOperation('desk.list', { status: 'IN_PROGRESS', kind: 'LIVE', limit: shown });
  const coming = useOperation('desk.list', { status: 'PENDING', kind: 'LIVE', sort: 'OLDEST', limit: shown });
  const toRate = useOperation('desk.list', { toRate: true, limit: shown });
  const groups = [
    { title: 'Running now', to: '/desk?status=IN_PROGRESS', rows: running.data?.rows, live: true },
    { title: 'Coming up', to: '/desk?status=PENDING&sort=OLDEST', rows: coming.data?.rows, live: false },
    { title: 'Waiting for your scorecard', to: '/desk?show=rate', rows: toRate.data?.rows, live: false },
  ];
  return groups.map(
    ({ title, to, rows, live }) =>
      rows && rows.length > 0 && <Interviews key={title} title={title} to={to} rows={rows} live={live} />,
  );
}

function Interviews({
  title,
  to,
  rows,
  live,
}: {
  title: string;
  to: string;
  rows: readonly DeskRow[];
  live: boolean;
}) {
  const id = title.replaceAll(' ', '-').toLowerCase();
  return (
    <section aria-labelledby={id} className={classes.group}>
      <Group justify="space-between" align="baseline" mb="xs">
        <Title order={2} id={id}>
          {title}
        </Title>
        <Anchor component={Link} to={to} size="sm" aria-label={`Show all: ${title}`}>
          Show all
        </Anchor>
      </Group>
      <ul className={classes.list}>
        {rows.map((row) => (
          <li key={row.id}>
            <Link to={live ? `/desk/${row.id}/live` : `/desk/${row.id}`} className={classes.row}>
              <DeskSummary row={row} />
            </Link>
          </li>
        ))}
      </ul>
      {live && (
        <Text size="sm" c="dimmed" mt={6}>
          It goes on where it was.
        </Text>
      )}
    </section>
  );
}
