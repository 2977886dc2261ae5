import { Button, Group, Title } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { Question } from '../../../shared/contract/interviews.ts';
import { competencyLabel } from '../../../shared/model/competencies.ts';
import { ScoreRing } from '../../components/ScoreRing.tsx';
import { questionDifficultyWords } from '../../lib/words.ts';
import classes from './QuestionList.module.css';
import { QuestionReview } from './QuestionReview.tsx';

const stateWords: Record<Question['state'], string> = {
  NOT_ASKED: 'Not asked',
  ASKED: 'Not answered',
  SKIPPED: 'Skipped',
  ANSWERED: 'Answered',
};

/** An interview's questions, each of which opens in place. The first answered one is open to begin with. */
export function QuestionList({ questions, readOnly }: { questions: readonly Question[]; readOnly: boolean }) {
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
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          onClick={() => setOpen(new Set(allOpen ? [] : questions.map(({ id }) => id)))}
        >
          {allOpen ? 'Close all' : 'Open all'}
        </Button>
      </Group>
      <ol className={classes.list}>
        {questions.map((question) => (
          <QuestionItem
            key={question.id}
            question={question}
            readOnly={readOnly}
            open={open.has(question.id)}
            onToggle={() => setOpen(toggled(open, question.id))}
          />
        ))}
      </ol>
    </section>
  );
}

function QuestionItem({
  question,
  readOnly,
  open,
  onToggle,
}: {
  question: Question;
  readOnly: boolean;
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
            <QuestionReview question={question} readOnly={readOnly} />
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
