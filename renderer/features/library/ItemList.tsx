import { ActionIcon, Button, Textarea } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type ClipboardEvent, type KeyboardEvent, useRef } from 'react';
import { questionLimits } from '../../../shared/model/library.ts';
import classes from './ItemList.module.css';

/**
 * Edits a list of short texts. Enter begins the next one, Backspace in an empty one removes it, Alt with the arrow keys
 * moves it; several lines that are pasted become several entries.
 */
export function ItemList({
  title,
  hint,
  itemLabel,
  items,
  errors,
  onChange,
}: {
  title: string;
  hint: string;
  /** What one entry is called, such as `Follow-up`. */
  itemLabel: string;
  items: readonly string[];
  /** By place. */
  errors: Record<number, string>;
  onChange: (items: string[]) => void;
}) {
  const group = useRef<HTMLFieldSetElement>(null);
  const shown = items.length > 0 ? items : [''];
  const focus = (index: number) =>
    requestAnimationFrame(() => group.current?.querySelectorAll('textarea')[Math.max(0, index)]?.focus());
  const put = (next: string[], focused?: number) => {
    onChange(next);
    if (focused !== undefined) focus(focused);
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (shown.length < questionLimits.items) put(shown.toSpliced(index + 1, 0, ''), index + 1);
    } else if (event.key === 'Backspace' && shown[index] === '' && shown.length > 1) {
      event.preventDefault();
      put(shown.toSpliced(index, 1), index - 1);
    } else if (event.altKey && step !== undefined) {
      event.preventDefault();
      const target = index + step;
      if (target < 0 || target >= shown.length) return;
      put(shown.toSpliced(index, 1).toSpliced(target, 0, shown[index] ?? ''), target);
    }
  };
  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>, index: number) => {
    const lines = event.clipboardData
      .getData('text/plain')
      .split(/\r\n?|\n/)
      // What is copied from a list brings its bullets.
      .map((line) => line.replace(/^\s*(?:[-*•]|\d+[.)])\s+/, '').trim())
      .filter(Boolean);
    if (lines.length < 2) return;
    event.preventDefault();
    const { selectionStart, selectionEnd, value } = event.currentTarget;
    const [first = '', ...others] = lines;
    const last = others.length - 1;
    const pasted = [
      value.slice(0, selectionStart) + first,
      ...others.map((line, at) => (at === last ? line + value.slice(selectionEnd) : line)),
    ];
    put(shown.toSpliced(index, 1, ...pasted), index + last + 1);
  };
  return (
    <fieldset ref={group} className={classes.group}>
      <legend className={classes.legend}>{title}</legend>
      <p className={classes.hint}>{hint}</p>
      <ul className={classes.items}>
        {shown.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries are texts, and may be alike
          <li key={index} className={classes.item}>
            <Textarea
              aria-label={`${itemLabel} ${index + 1}`}
              autosize
              minRows={1}
              maxLength={questionLimits.item}
              dir="auto"
              value={item}
              error={errors[index]}
              onChange={(event) => put(shown.toSpliced(index, 1, event.currentTarget.value))}
              onKeyDown={(event) => onKeyDown(event, index)}
              onPaste={(event) => onPaste(event, index)}
              className={classes.field}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              aria-label={`Remove ${itemLabel.toLowerCase()} ${index + 1}`}
              title="Remove"
              onClick={() => put(shown.toSpliced(index, 1), Math.min(index, shown.length - 2))}
            >
              <IconX size={16} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={14} />}
        disabled={shown.length >= questionLimits.items}
        onClick={() => put([...shown, ''], shown.length)}
      >
        Add another
      </Button>
    </fieldset>
  );
}
