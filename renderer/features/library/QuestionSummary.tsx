import type { ReactNode } from 'react';
import type { LibraryRow } from '../../../shared/contract/library.ts';
import { competencyLabel } from '../../../shared/model/competencies.ts';
import { ScoreRing } from '../../components/ScoreRing.tsx';
import { formatMoment } from '../../lib/formats.ts';
import { questionDifficultyWords } from '../../lib/words.ts';
import classes from './QuestionSummary.module.css';

/** One library question in a list: its text, what it examines, how often it was asked and how it was answered. */
export function QuestionSummary({ question, search = '' }: { question: LibraryRow; search?: string }) {
  const { content, difficulty, competency, tags, askedCount, lastAskedAt, averageScore, practice } = question;
  return (
    <span className={classes.summary}>
      <span className={classes.what}>
        <span className={classes.content} dir="auto">
          {marked(content, search)}
        </span>
        <span className={classes.details}>
          <span>{questionDifficultyWords[difficulty]}</span>
          <span>{competencyLabel(competency)}</span>
          {practice && <span>Practice</span>}
          {tags.map((tag) => (
            <span key={tag} className={classes.tag} dir="auto">
              {tag}
            </span>
          ))}
        </span>
      </span>
      <span className={classes.asked}>
        {askedCount === 0 ? 'Never asked' : `Asked ${askedCount}×`}
        {lastAskedAt && (
          <time className={classes.last} dateTime={lastAskedAt}>
            {formatMoment(lastAskedAt)}
          </time>
        )}
      </span>
      {averageScore !== null && (
        <span className={classes.score}>
          <ScoreRing score={averageScore} />
        </span>
      )}
    </span>
  );
}

/** Marks the words of a text that begin as those searched do. */
export function marked(text: string, search: string): ReactNode {
  const words = search.match(/[\p{L}\p{N}]+/gu);
  if (!words) return text;
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])((?:${words.join('|')})[\\p{L}\\p{N}]*)`, 'giu');
  return text.split(pattern).map((piece, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have only their place
      <mark key={index} className={classes.mark}>
        {piece}
      </mark>
    ) : (
      piece
    ),
  );
}
