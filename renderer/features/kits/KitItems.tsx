import { DragDropContext, Draggable, Droppable } from '@hello-pangea/dnd';
import { ActionIcon, Badge, Button, Group, Text, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDice3, IconGripVertical, IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { competencyLabel } from '../../../shared/model/competencies.ts';
import { questionDifficultyWords } from '../../lib/words.ts';
import { AddQuestions } from './AddQuestions.tsx';
import { DrawRule } from './DrawRule.tsx';
import { ItemTimes } from './ItemTimes.tsx';
import classes from './KitItems.module.css';
import { type DraftItem, drawItem, moved, questionItem } from './kit-draft.ts';
import { itemWords } from './kit-words.ts';
import type { Problem } from './use-kit-check.ts';

/**
 * What a kit asks, in order. The order is changed by dragging, by the buttons, or with Alt and the arrow keys from
 * anywhere in an item.
 */
export function KitItems({
  items,
  kitTimes,
  problems,
  onChange,
}: {
  items: readonly DraftItem[];
  kitTimes: { thinkTimeMs: number; answerTimeMs: number };
  problems: ReadonlyMap<string, Problem>;
  onChange: (items: DraftItem[]) => void;
}) {
  const list = useRef<HTMLOListElement>(null);
  const adding = useRef<HTMLButtonElement>(null);
  const [said, setSaid] = useState('');
  /** What had the focus before the items changed places: the browser takes it away from what is moved. */
  const focused = useRef<HTMLElement>(null);

  useLayoutEffect(() => {
    focused.current?.focus({ preventScroll: true });
    focused.current?.scrollIntoView?.({ block: 'nearest' });
    focused.current = null;
  });

  const move = (from: number, to: number) => {
    const item = items[from];
    if (!item || to < 0 || to >= items.length || from === to) return;
    focused.current = document.activeElement as HTMLElement | null;
    onChange(moved(items, from, to));
    setSaid(`${itemWords(item)}: now ${to + 1} of ${items.length}.`);
  };
  const replace = (index: number, item: DraftItem) =>
    onChange(items.map((each, place) => (place === index ? item : each)));
  const remove = (index: number) => {
    const item = items[index];
    if (!item) return;
    onChange(items.filter((_, place) => place !== index));
    setSaid(`Taken out: ${itemWords(item)}.`);
    requestAnimationFrame(() => {
      const left = list.current?.querySelectorAll<HTMLElement>('[data-remove]');
      (left?.[Math.min(index, left.length - 1)] ?? adding.current)?.focus();
    });
  };
  const moveByKey = (event: KeyboardEvent, index: number) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.target instanceof HTMLSelectElement) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    move(index, index + step);
  };

  return (
    <div>
      <DragDropContext
        onDragEnd={({ source, destination }) => destination && move(source.index, destination.index)}
      >
        <Droppable droppableId="items">
          {(drop) => (
            <ol
              ref={(element) => {
                list.current = element;
                drop.innerRef(element);
              }}
              {...drop.droppableProps}
              className={classes.list}
              aria-label="Questions and rules, in the order they are asked"
            >
              {items.map((item, index) => (
                <Draggable key={item.key} draggableId={item.key} index={index}>
                  {(drag, { isDragging }) => (
                    <li
                      ref={drag.innerRef}
                      {...drag.draggableProps}
                      className={classes.item}
                      data-dragging={isDragging || undefined}
                      onKeyDownCapture={(event) => moveByKey(event, index)}
                    >
                      <span {...drag.dragHandleProps} className={classes.handle}>
                        <IconGripVertical size={16} aria-hidden />
                        <VisuallyHidden>Drag item {index + 1}</VisuallyHidden>
                      </span>
                      <span className={classes.number} aria-hidden>
                        {index + 1}
                      </span>
                      <div className={classes.what}>
                        {item.type === 'QUESTION' ? (
                          <FixedQuestion item={item} />
                        ) : (
                          <DrawRule
                            item={item}
                            number={index + 1}
                            onChange={(next) => replace(index, next)}
                          />
                        )}
                        <ItemTimes
                          item={item}
                          number={index + 1}
                          kitTimes={kitTimes}
                          onChange={(times) => replace(index, { ...item, ...times })}
                        />
                        <ProblemNote problem={problems.get(item.key)} />
                      </div>
                      <span className={classes.buttons}>
                        <MoveButton
                          label={`Move item ${index + 1} up`}
                          blocked={index === 0}
                          onClick={() => move(index, index - 1)}
                        >
                          <IconArrowUp size={16} />
                        </MoveButton>
                        <MoveButton
                          label={`Move item ${index + 1} down`}
                          blocked={index === items.length - 1}
                          onClick={() => move(index, index + 1)}
                        >
                          <IconArrowDown size={16} />
                        </MoveButton>
                        <ActionIcon
                          variant="subtle"
                          color="gray"
                          data-remove
                          aria-label={`Take item ${index + 1} out`}
                          title="Take it out"
                          onClick={() => remove(index)}
                        >
                          <IconTrash size={16} />
                        </ActionIcon>
                      </span>
                    </li>
                  )}
                </Draggable>
              ))}
              {drop.placeholder}
            </ol>
          )}
        </Droppable>
      </DragDropContext>
      <Group gap="sm" mt={items.length > 0 ? 'sm' : 0}>
        <AddQuestions
          chosen={items.flatMap((item) => (item.type === 'QUESTION' ? [item.libraryQuestionId] : []))}
          onToggle={(question) => {
            const others = items.filter(
              (item) => item.type !== 'QUESTION' || item.libraryQuestionId !== question.id,
            );
            onChange(others.length < items.length ? others : [...items, questionItem(question)]);
          }}
        />
        <Button
          ref={adding}
          variant="default"
          leftSection={<IconDice3 size={16} />}
          onClick={() => onChange([...items, drawItem([])])}
        >
          Add a rule to draw by
        </Button>
        {items.length > 1 && (
          <Text size="sm" c="dimmed">
            Alt and ↑ or ↓ move an item.
          </Text>
        )}
      </Group>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </div>
  );
}

/** Stays reachable at either end of the list, so that the focus is not lost there. */
function MoveButton({
  label,
  blocked,
  onClick,
  children,
}: {
  label: string;
  blocked: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={label}
      title={label}
      aria-disabled={blocked || undefined}
      className={classes.move}
      onClick={onClick}
    >
      {children}
    </ActionIcon>
  );
}

function FixedQuestion({ item: { question } }: { item: Extract<DraftItem, { type: 'QUESTION' }> }) {
  if (!question) return <Text c="dimmed">A question that is not in the library any more.</Text>;
  return (
    <div>
      <Text className={classes.content}>{question.content}</Text>
      <Group gap={6} mt={4}>
        <Badge variant="light" color="gray">
          {competencyLabel(question.competency)}
        </Badge>
        <Badge variant="light" color="gray">
          {questionDifficultyWords[question.difficulty]}
        </Badge>
      </Group>
    </div>
  );
}

function ProblemNote({ problem }: { problem: Problem | undefined }) {
  return (
    <div role="status" className={classes.problem} data-hinders={problem?.hinders || undefined}>
      {problem?.message}
    </div>
  );
}
