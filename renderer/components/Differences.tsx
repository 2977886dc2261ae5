import { Text, VisuallyHidden } from '@mantine/core';
import { compareWords, differencesOf, type InWords, type Run } from '../lib/differences.ts';
import classes from './Differences.module.css';

/** Where two things differ, part by part and word by word. */
export function Differences({
  before,
  after,
  names,
}: {
  before: InWords;
  after: InWords;
  /** What the two are called, such as `Version 2` and `Version 3`. */
  names: readonly [string, string];
}) {
  const parts = differencesOf(before, after);
  if (parts.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Both say the same.
      </Text>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
    <section className={classes.scroller} tabIndex={0} aria-label="Differences">
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">
              <VisuallyHidden>Part</VisuallyHidden>
            </th>
            <th scope="col">{names[0]}</th>
            <th scope="col">{names[1]}</th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => {
            const runs = compareWords(part.before, part.after);
            return (
              <tr key={part.what}>
                <th scope="row">{part.what}</th>
                <td dir="auto">
                  <Side runs={runs} side="before" />
                </td>
                <td dir="auto">
                  <Side runs={runs} side="after" />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Side({ runs, side }: { runs: readonly Run[]; side: 'before' | 'after' }) {
  const shown = runs.filter(({ kind }) => kind === 'both' || kind === side);
  if (shown.length === 0) return <span className={classes.nothing}>Nothing</span>;
  return shown.map(({ kind, text }, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have only their place
    if (kind === 'both') return <span key={index}>{text}</span>;
    const Tag = kind === 'before' ? 'del' : 'ins';
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have only their place
      <Tag key={index} className={classes.changed}>
        {text}
      </Tag>
    );
  });
}
