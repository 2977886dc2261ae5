import { Kbd } from '@mantine/core';
import classes from './Keys.module.css';

/** How keys are shown that KeyboardEvent.key names differently. */
const keyWords: Record<string, string> = {
  ' ': 'Space',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** A shortcut's keys, in the order they are pressed: `g h` is g, then h. */
export function Keys({ keys }: { keys: string }) {
  const pressed = keys === ' ' ? [' '] : keys.split(' ');
  return (
    <span className={classes.keys}>
      {pressed.map((key, index) => (
        <span key={key}>
          {index > 0 && <span className={classes.then}>then</span>}
          <Kbd size="sm">{keyWords[key] ?? key}</Kbd>
        </span>
      ))}
    </span>
  );
}
