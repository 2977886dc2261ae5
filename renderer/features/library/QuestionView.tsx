import { Badge } from '@mantine/core';
import type { LibraryQuestion } from '../../../shared/contract/library.ts';
import { competencyLabel } from '../../../shared/model/competencies.ts';
import { ScoreRing } from '../../components/ScoreRing.tsx';
import { formatMoment, formatMomentInFull } from '../../lib/formats.ts';
import { questionDifficultyWords } from '../../lib/words.ts';
import classes from './QuestionView.module.css';

/** A library question to read: what is asked, how it is judged, and how it has done. */
export function QuestionView({ question }: { question: LibraryQuestion }) {
  const { content, difficulty, competency, tags, covers, probes, levels, practice } = question;
  return (
    <div className={classes.question}>
      <p className={classes.content} dir="auto">
        {content}
      </p>
      <div className={classes.facts}>
        <span>{questionDifficultyWords[difficulty]}</span>
        <span>{competencyLabel(competency)}</span>
        <span>{practice ? 'May be practised' : 'Not for practice'}</span>
        {tags.map((tag) => (
          <Badge key={tag} variant="default">
            {tag}
          </Badge>
        ))}
      </div>
      <Usage question={question} />
      {covers.length > 0 && <Items title="What a good answer covers" items={covers} />}
      {probes.length > 0 && <Items title="Follow-ups" items={probes} />}
      <section>
        <h2 className={classes.title}>Levels</h2>
        {levels.some(Boolean) ? (
          <ol className={classes.levels}>
            {levels.map((level, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: there are five, in order
              <li key={index} dir="auto">
                <span className={classes.number} aria-hidden>
                  {index + 1}
                </span>
                {level || <span className={classes.none}>Not described</span>}
              </li>
            ))}
          </ol>
        ) : (
          <p className={classes.none}>
            Nothing says yet what each level looks like. Interviewers rate by these: it is worth a few
            minutes.
          </p>
        )}
      </section>
    </div>
  );
}

function Usage({ question }: { question: LibraryQuestion }) {
  const { askedCount, lastAskedAt, averageScore } = question;
  return (
    <dl className={classes.usage}>
      <div>
        <dt>Asked in interviews</dt>
        <dd>{askedCount === 0 ? 'Never' : `${askedCount} ${askedCount === 1 ? 'time' : 'times'}`}</dd>
      </div>
      <div>
        <dt>Last asked</dt>
        <dd>
          {lastAskedAt ? (
            <time dateTime={lastAskedAt} title={formatMomentInFull(lastAskedAt)}>
              {formatMoment(lastAskedAt)}
            </time>
          ) : (
            '–'
          )}
        </dd>
      </div>
      <div>
        <dt>Average score</dt>
        <dd>
          {averageScore === null ? (
            <span className={classes.none}>From three rated answers on</span>
          ) : (
            <ScoreRing score={averageScore} />
          )}
        </dd>
      </div>
    </dl>
  );
}

function Items({ title, items }: { title: string; items: readonly string[] }) {
  return (
    <section>
      <h2 className={classes.title}>{title}</h2>
      <ul className={classes.items}>
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries may be alike
          <li key={index} dir="auto">
            {item}
          </li>
        ))}
      </ul>
    </section>
  );
}
