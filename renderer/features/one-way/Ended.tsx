import { Anchor, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { OneWayInterview } from '../../../shared/contract/one-way.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { RemovedNote } from '../../components/RemovedNote.tsx';
import { count, formatMomentInFull } from '../../lib/formats.ts';
import { RetentionNotice } from '../policies/RetentionNotice.tsx';
import { AnswerTakes } from '../practice/AnswerTakes.tsx';
import classes from './OneWay.module.css';
import { outcomeWords } from './Overview.tsx';
import { TakeBackConsent } from './TakeBackConsent.tsx';
import { dueWords } from './words.ts';

/** What was submitted, to be listened to and no more; or an interview that was cancelled. */
export function Ended({ interview }: { interview: OneWayInterview }) {
  const { title, status, from, endedAt, answeredCount, questionCount, questions } = interview;
  const submitted = status === 'COMPLETED';
  const due = dueWords(interview);
  return (
    <Stack gap="xl">
      <PageHeader
        title={submitted ? 'Submitted' : 'This interview was cancelled'}
        documentTitle={title}
        eyebrow={
          <Anchor component={Link} to="/assigned" size="sm">
            Assigned to you
          </Anchor>
        }
        lead={
          submitted
            ? `${title}, submitted ${endedAt ? formatMomentInFull(endedAt) : ''}${due ? `, ${due.replace('submitted ', '')}` : ''}. ${from ?? 'The interviewer'} and whoever reviews it with them can listen to your answers now. Your answers cannot be changed any more.`
            : `${title}. ${from ?? 'The interviewer'} has ended it, so nothing more is asked of you. What you answered is kept.`
        }
      />
      <RetentionNotice interviewId={interview.id} />
      <section aria-labelledby="answers">
        <Title order={2} id="answers" mb="sm">
          Your answers: {answeredCount} of {count(questionCount, 'question')}
        </Title>
        <Stack gap="xl">
          {questions
            .filter(({ state }) => state !== 'NOT_ASKED')
            .map((question) => (
              <section key={question.id} aria-labelledby={`question-${question.id}`}>
                <Text size="sm" c="dimmed">
                  Question {question.position + 1} · {outcomeWords(question)}
                </Text>
                <Title order={3} id={`question-${question.id}`} mb="sm">
                  {question.content}
                </Title>
                <AnswerTakes question={question} busy={false} brokenTakes={[]} readOnly />
                <RemovedNote answer={question.answer} />
                {question.answer && question.answer.transcript !== '' && (
                  <Text mt="sm" className={classes.prose}>
                    {question.answer.transcript}
                  </Text>
                )}
              </section>
            ))}
        </Stack>
      </section>
      <TakeBackConsent interview={interview} />
    </Stack>
  );
}
