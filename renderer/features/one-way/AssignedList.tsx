import { Button } from '@mantine/core';
import { IconArrowRight, IconPlayerPlayFilled } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { OneWayRow } from '../../../shared/contract/one-way.ts';
import classes from './AssignedList.module.css';
import { factsOf } from './words.ts';

/** Interviews that wait for an answer, each with the way into it. */
export function AssignedList({ rows }: { rows: readonly OneWayRow[] }) {
  return (
    <ul className={classes.list}>
      {rows.map((row) => (
        <li key={row.id} className={classes.row}>
          <div className={classes.what}>
            <p className={classes.title}>{row.title}</p>
            <p className={classes.details}>{factsOf(row)}</p>
          </div>
          <Button
            flex="none"
            component={Link}
            to={`/assigned/${row.id}`}
            aria-label={`${row.status === 'PENDING' ? 'Open' : 'Go on with'} ${row.title}`}
            leftSection={
              row.status === 'PENDING' ? <IconArrowRight size={16} /> : <IconPlayerPlayFilled size={14} />
            }
          >
            {row.status === 'PENDING' ? 'Open' : 'Go on'}
          </Button>
        </li>
      ))}
    </ul>
  );
}
