import { Stack, Title } from '@mantine/core';
import { Keys } from '../../components/Keys.tsx';
import { playerShortcuts } from '../../components/player-shortcuts.ts';
import { usePerson } from '../../features/accounts/signed-in.ts';
import { paletteKeys } from '../../features/find/palette-keys.ts';
import { historyShortcuts, ratingShortcuts } from '../../features/history/shortcut-words.ts';
import { libraryShortcuts } from '../../features/library/shortcut-words.ts';
import { practiceShortcuts } from '../../features/practice/shortcut-words.ts';
import { appShortcuts } from './app-shortcuts.ts';
import classes from './ShortcutTable.module.css';

const nothing = () => {};

/** Every shortcut there is, by where it works. */
export function ShortcutTable() {
  const person = usePerson();
  const groups = [
    {
      title: 'Everywhere',
      shortcuts: [
        ...appShortcuts({ person, go: nothing, showList: nothing }),
        { keys: paletteKeys, does: 'Find anything, do anything' },
      ],
    },
    { title: 'While practising', shortcuts: practiceShortcuts },
    ...(person.role === 'CANDIDATE' ? [] : [{ title: 'In the library', shortcuts: libraryShortcuts }]),
    { title: 'In the history', shortcuts: historyShortcuts },
    { title: 'While listening, in the waveform', shortcuts: playerShortcuts },
    { title: 'While rating an answer', shortcuts: ratingShortcuts },
  ];
  return (
    <Stack gap="lg">
      {groups.map(({ title, shortcuts }) => (
        <section key={title}>
          <Title order={3} mb={4}>
            {title}
          </Title>
          <dl className={classes.list}>
            {shortcuts.map(({ keys, does }) => (
              <div key={keys} className={classes.row}>
                <dt>{does}</dt>
                <dd>
                  <Keys keys={keys} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Stack>
  );
}
