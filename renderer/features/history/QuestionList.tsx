import { Button, Group, Text, Title } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { Question } from '../../../shared/contract/interviews.ts';
import { competencyLabel } from '../../../shared/model/competencies.ts';
import { ScoreRing } from '../../components/ScoreRing.tsx';
import { count } from '../../lib/formats.ts';
import { questionDifficultyWords } from '../../lib/words.ts';
import classes from './QuestionList.module.css';
import { QuestionReview } from './QuestionReview.tsx';

const stateWords: Record<Question['state'], string> = {
  NOT_ASKED: 'Not asked',
  ASKED: 'Not answered',
  SKIPPED: 'Skipped',
  ANSWERED: 'Answered',
};

/**
 * An interview's questions, each of which opens in place. The first answered one is open to begin with. While the
 * interview is not over, nothing of what is still to be asked or answered is given away.
 */
export function QuestionList({
  questions: all,
  readOnly,
  isOver,
}: {
  questions: readonly Question[];
  readOnly: boolean;
  isOver: boolean;
}) {
  const questions = isOver ? all : all.filter(({ state }) => state !== 'NOT_ASKED');
  const hidden = all.length - questions.length;
  const [open, setOpen] = useState<ReadonlySet<string>>(() => {
    const first = questions.find(({ state }) => state === 'ANSWERED');
    return new Set(first ? [first.id] : []);
  });
  const allOpen = open.size === questions.length;
  return (
    <section aria-labelledby="questions">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="questions">
          Questions
        </Title>
        {questions.length > 1 && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            onClick={() => setOpen(new Set(allOpen ? [] : questions.map(({ id }) => id)))}
          >
            {allOpen ? 'Close all' : 'Open all'}
          </Button>
        )}
      </Group>
      <ol className={classes.list} hidden={questions.length === 0}>
        {questions.map((question) => (
          <QuestionItem
            key={question.id}
            question={question}
            readOnly={readOnly}
            mayReveal={isOver || question.state === 'ANSWERED'}
            open={open.has(question.id)}
            onToggle={() => setOpen(toggled(open, question.id))}
          />
        ))}
      </ol>
      {hidden > 0 && (
        <Text size="sm" c="dimmed" mt="sm">
          {count(hidden, 'question')} {questions.length > 0 ? 'more ' : ''}
          {hidden === 1 ? 'waits' : 'wait'} until you get there.
        </Text>
      )}
    </section>
  );
}

function QuestionItem({
  question,
  readOnly,
  mayReveal,
  open,
  onToggle,
}: {
  question: Question;
  readOnly: boolean;
  mayReveal: boolean;
  open: boolean;
  onToggle: () => void;
}) {
  const panel = useId();
  return (
    <li className={classes.item}>
      <h3 className={classes.heading}>
        <button
          type="button"
          className={classes.toggle}
          aria-expanded={open}
          aria-controls={panel}
          onClick={onToggle}
        >
          <IconChevronRight size={17} className={classes.chevron} aria-hidden />
          <span className={classes.what}>
            <span className={classes.content} data-open={open || undefined}>
              {question.content}
            </span>
            <span className={classes.details}>
              {competencyLabel(question.competency)} · {questionDifficultyWords[question.difficulty]} ·{' '}
              {stateWords[question.state]}
            </span>
          </span>
          {question.state === 'ANSWERED' && <ScoreRing score={question.answer?.score ?? null} />}
        </button>
      </h3>
      <div id={panel} hidden={!open}>
        {open && (
          <div className={classes.panel}>
            <QuestionReview question={question} readOnly={readOnly} mayReveal={mayReveal} />
          </div>
        )}
      </div>
    </li>
  );
}

function toggled(set: ReadonlySet<string>, member: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(member)) next.add(member);
  return next;
}
