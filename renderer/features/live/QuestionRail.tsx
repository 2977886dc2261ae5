import { DragDropContext, Draggable, Droppable } from '@hello-pangea/dnd';
import { Button, UnstyledButton, VisuallyHidden } from '@mantine/core';
import {
  IconCheck,
  IconCircle,
  IconCircleDashed,
  IconPlayerSkipForward,
  IconPlus,
} from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import type { DeskInterview, DeskQuestion } from '../../../shared/contract/desk.ts';
import { call } from '../../lib/client.ts';
import { change } from '../../stores/live.ts';
import { AddQuestionDialog } from './AddQuestionDialog.tsx';
import classes from './Live.module.css';

/**
 * The questions in their order. A click asks one; dragging, or Alt with the arrow keys, moves it. What was moved shows
 * at once, and goes back where main refuses.
 */
export function QuestionRail({
  interview,
  onAsk,
}: {
  interview: DeskInterview;
  onAsk: (questionId: string) => void;
}) {
  const [adding, setAdding] = useState(false);
  const [moving, setMoving] = useState<readonly string[] | null>(null);
  const [said, setSaid] = useState('');
  const byId = new Map(interview.questions.map((question) => [question.id, question]));
  const seen = interview.questions.map(({ id }) => id);
  const questions = (moving ?? seen).flatMap((id) => byId.get(id) ?? []);

  const move = async (from: number, to: number) => {
    const order = questions.map(({ id }) => id);
    const [moved] = order.splice(from, 1);
    if (!moved || to < 0 || to > order.length || from === to || moving) return;
    order.splice(to, 0, moved);
    setMoving(order);
    setSaid(`Now ${to + 1} of ${order.length}.`);
    await change(interview.id, () => call('live.reorder', { id: interview.id, seen, order }));
    setMoving(null);
  };
  const moveByKey = (event: KeyboardEvent, index: number) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!event.altKey || event.ctrlKey || event.metaKey || step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    void move(index, index + step);
  };

  return (
    <nav className={classes.rail} aria-label="Questions">
      <DragDropContext
        onDragEnd={({ source, destination }) => {
          if (destination) void move(source.index, destination.index);
        }}
      >
        <Droppable droppableId="questions">
          {(drop) => (
            <ol ref={drop.innerRef} {...drop.droppableProps} className={classes.railList}>
              {questions.map((question, index) => (
                <Draggable
                  key={question.id}
                  draggableId={question.id}
                  index={index}
                  disableInteractiveElementBlocking
                >
                  {(drag) => (
                    <li ref={drag.innerRef} {...drag.draggableProps}>
                      <UnstyledButton
                        {...drag.dragHandleProps}
                        className={classes.railItem}
                        data-current={question.id === interview.currentQuestionId || undefined}
                        aria-current={question.id === interview.currentQuestionId ? 'step' : undefined}
                        disabled={interview.pausedAt !== null}
                        onKeyDownCapture={(event) => moveByKey(event, index)}
                        onClick={() => onAsk(question.id)}
                      >
                        <StateIcon question={question} />
                        <span className={classes.railText}>{question.content}</span>
                      </UnstyledButton>
                    </li>
                  )}
                </Draggable>
              ))}
              {drop.placeholder}
            </ol>
          )}
        </Droppable>
      </DragDropContext>
      <Button variant="subtle" size="sm" leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
        Add a question
      </Button>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      <AddQuestionDialog interview={interview} opened={adding} onClose={() => setAdding(false)} />
    </nav>
  );
}

function StateIcon({ question: { state, passedOver } }: { question: DeskQuestion }) {
  const [Icon, words] =
    state === 'ANSWERED'
      ? [IconCheck, 'Answered']
      : state === 'ASKED'
        ? [IconCircle, 'Asked']
        : passedOver
          ? [IconPlayerSkipForward, 'Passed over']
          : [IconCircleDashed, 'Not asked yet'];
  return (
    <>
      <Icon size={15} stroke={1.9} className={classes.railIcon} aria-hidden />
      <VisuallyHidden>{words}: </VisuallyHidden>
    </>
  );
}
