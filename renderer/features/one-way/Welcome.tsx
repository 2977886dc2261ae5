import { Button, Group, List, Stack, Text, Title } from '@mantine/core';
import type { OneWayInterview } from '../../../shared/contract/one-way.ts';
import type { ConsentDecision } from '../../../shared/model/consent.ts';
import { Facts } from '../../components/Facts.tsx';
import { Keys } from '../../components/Keys.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { count, formatDuration, formatMomentInFull } from '../../lib/formats.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { beginOneWay, useOneWay } from '../../stores/one-way.ts';
import { ConsentText } from './ConsentText.tsx';
import classes from './OneWay.module.css';
import { lengthWords } from './words.ts';

/** Before an interview: what is asked of the candidate, who hears it, and whether they agree to be recorded. */
export function Welcome({ interview }: { interview: OneWayInterview }) {
  const busy = useOneWay((oneWay) => oneWay.busy);
  const { id, title, from, welcome, dueAt, consentText, questionCount } = interview;
  const begin = (decision: ConsentDecision) => {
    if (busy) return;
    void beginOneWay(id, consentText && { consentTextId: consentText.id, decision });
  };
  useShortcuts(
    consentText
      ? [
          { keys: 'y', does: 'Agree and go on', run: () => begin('AGREED') },
          { keys: 'n', does: 'Decline and answer in writing', run: () => begin('DECLINED') },
        ]
      : [{ keys: 'Enter', does: 'Begin', run: () => begin('DECLINED') }],
    // Before the key that begins a practice from anywhere.
    { first: true },
  );
  const isLate = dueAt !== null && new Date(dueAt) < new Date();
  return (
    <Stack gap="xl">
      <PageHeader
        title={title}
        lead={`An interview that you answer alone${from ? `, for ${from}` : ''}. You can leave and come back.`}
      />
      {welcome && <Text className={classes.prose}>{welcome}</Text>}
      <Facts
        facts={[
          { name: 'Questions', value: count(questionCount, 'question') },
          { name: 'Length', value: lengthWords(interview) },
          { name: 'Each question', value: limitsOf(interview) },
          ...(dueAt ? [{ name: 'Due', value: formatMomentInFull(dueAt) }] : []),
        ]}
      />
      {isLate && (
        <Text size="sm" className={classes.warning}>
          It was due already. You can still do it; it will be marked as late.
        </Text>
      )}
      <section aria-labelledby="how">
        <Title order={2} id="how" mb="xs">
          How it goes
        </Title>
        <List spacing={6}>
          {consentText && (
            <List.Item>
              First your microphone, and a practice question that counts for nothing and is kept nowhere.
            </List.Item>
          )}
          <List.Item>
            Questions come one by one. You see each when its turn comes; from then on its time runs, even if
            you go away.
          </List.Item>
          <List.Item>Once you go on to the next question, the answer before it stays as it is.</List.Item>
          <List.Item>
            Nothing is handed in before you submit it. After that your answers stay as they are.
          </List.Item>
          <List.Item>
            Only the interviewers who review this interview get your answers. They stay in this organisation’s
            Parley and are sent nowhere else.
          </List.Item>
        </List>
      </section>
      {consentText ? (
        <section aria-labelledby="consent">
          <Title order={2} id="consent" mb="xs">
            May your answers be recorded?
          </Title>
          <ConsentText text={consentText} />
          <Text size="sm" c="dimmed" mt="sm">
            If you decline, you answer the same questions in writing. You can change your mind on the way.
          </Text>
          <Group mt="md">
            <Button size="md" loading={busy} rightSection={<Keys keys="Y" />} onClick={() => begin('AGREED')}>
              I agree
            </Button>
            <Button
              size="md"
              variant="default"
              disabled={busy}
              rightSection={<Keys keys="N" />}
              onClick={() => begin('DECLINED')}
            >
              I decline: answer in writing
            </Button>
          </Group>
        </section>
      ) : (
        <Stack gap="sm" align="flex-start">
          <Text>Nothing is recorded: you answer in writing.</Text>
          <Button
            size="md"
            loading={busy}
            rightSection={<Keys keys="Enter" />}
            onClick={() => begin('DECLINED')}
          >
            Begin
          </Button>
        </Stack>
      )}
    </Stack>
  );
}

/** The limits that each question has; where they differ, the longest of them. */
function limitsOf({ questions }: OneWayInterview): string {
  const most = (key: 'thinkTimeMs' | 'answerTimeMs' | 'takesAllowed') =>
    Math.max(0, ...questions.map((question) => question[key]));
  const differ = questions.some(
    (question) =>
      question.thinkTimeMs !== most('thinkTimeMs') ||
      question.answerTimeMs !== most('answerTimeMs') ||
      question.takesAllowed !== most('takesAllowed'),
  );
  const think = most('thinkTimeMs');
  return [
    think > 0 ? `${formatDuration(think)} to think` : 'no time to think',
    `${formatDuration(most('answerTimeMs'))} to answer`,
    count(most('takesAllowed'), 'take'),
  ]
    .join(', ')
    .concat(differ ? ' at most' : '');
}
