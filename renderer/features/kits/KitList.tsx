import { ActionIcon, Menu, Skeleton, Stack } from '@mantine/core';
import {
  IconArchive,
  IconArrowBackUp,
  IconCopy,
  IconDots,
  IconEye,
  IconMicrophoneOff,
} from '@tabler/icons-react';
import { Link, useNavigate } from 'react-router';
import type { KitRow } from '../../../shared/contract/kits.ts';
import { Placeholder } from '../../components/Placeholder.tsx';
import { count, formatMoment, formatMomentInFull } from '../../lib/formats.ts';
import { difficultyWords } from '../../lib/words.ts';
import classes from './KitList.module.css';
import { useArchiveKit, useDuplicateKit, useRestoreKit } from './kit-acts.tsx';
import { plannedWords } from './kit-words.ts';

export function KitList({ kits }: { kits: readonly KitRow[] }) {
  return (
    <ul className={classes.list} aria-label="Kits">
      {kits.map((kit) => (
        <li key={kit.id} className={classes.item}>
          <Link to={`/kits/${kit.id}`} className={classes.row}>
            <span className={classes.what}>
              <span className={classes.name}>{kit.name}</span>
              <span className={classes.details}>
                {difficultyWords[kit.difficulty]} · {count(kit.questionCount, 'question')} ·{' '}
                {plannedWords(kit.plannedMs)}
                {!kit.records && (
                  <span className={classes.unrecorded}>
                    <IconMicrophoneOff size={13} aria-hidden /> not recorded
                  </span>
                )}
              </span>
            </span>
            <span className={classes.changed} title={formatMomentInFull(kit.changedAt)}>
              <span>Version {kit.version}</span>
              <span className={classes.details}>
                {formatMoment(kit.changedAt)} · {kit.changedBy?.name ?? 'Parley'}
              </span>
            </span>
          </Link>
          <KitMenu kit={kit} />
        </li>
      ))}
    </ul>
  );
}

function KitMenu({ kit: { id, name, archivedAt } }: { kit: KitRow }) {
  const navigate = useNavigate();
  const duplicate = useDuplicateKit();
  const archive = useArchiveKit();
  const restore = useRestoreKit();
  return (
    <Menu position="bottom-end" shadow="md" width={190} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`More for ${name}`}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconEye size={16} />} onClick={() => void navigate(`/kits/${id}/preview`)}>
          Preview
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => duplicate(id)}>
          Duplicate
        </Menu.Item>
        {archivedAt ? (
          <Menu.Item leftSection={<IconArrowBackUp size={16} />} onClick={() => restore({ id, name })}>
            Restore
          </Menu.Item>
        ) : (
          <Menu.Item leftSection={<IconArchive size={16} />} onClick={() => archive({ id, name })}>
            Archive
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

export function KitListSkeleton() {
  return (
    <Placeholder label="Loading the kits">
      <div className={classes.list}>
        {[0, 1, 2, 3].map((index) => (
          <div key={index} className={classes.item}>
            <Stack gap={8} flex={1} className={classes.row}>
              <Skeleton height={12} width="38%" />
              <Skeleton height={10} width="26%" />
            </Stack>
          </div>
        ))}
      </div>
    </Placeholder>
  );
}
