import { Alert, Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconRefresh } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Kit, KitPreview } from '../../../shared/contract/kits.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { count } from '../../lib/formats.ts';
import { useOperation } from '../../lib/queries.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { InterviewersOnly } from './InterviewersOnly.tsx';
import { contentOf, useKitDraft } from './kit-draft.ts';
import { timeWords } from './kit-words.ts';
import classes from './PreviewScreen.module.css';

/** A kit as a candidate would see it: drawn for no one in particular, and nothing is kept of it. */
export function PreviewScreen() {
  const { kitId = '' } = useParams();
  const { data: kit, error, refetch } = useOperation('kits.get', { id: kitId });
  return (
    <InterviewersOnly>
      {kit ? (
        <Preview kit={kit} />
      ) : (
        <Page width={720}>
          <PageHeader title="Preview" eyebrow={<BackToKit id={kitId} />} />
          {error && <FailureNote error={error} onRetry={() => void refetch()} />}
        </Page>
      )}
    </InterviewersOnly>
  );
}

function Preview({ kit }: { kit: Kit }) {
  const draft = useKitDraft(kit);
  const { definition } = contentOf(draft.value);
  const { data, error, refetch, isFetching } = useOperation(
    'kits.preview',
    { definition },
    // Drawn once, until one asks for another draw: what is being read does not change under one's eyes.
    { staleTime: Infinity, gcTime: 0 },
  );
  return (
    <Page width={720}>
      <PageHeader
        title={draft.value.name || 'Preview'}
        documentTitle={`Preview of ${kit.name}`}
        eyebrow={<BackToKit id={kit.id} />}
        lead={`As a candidate sees it${draft.isDraft ? ', with what you have changed and not saved' : ''}. Nothing is recorded or kept.`}
        actions={
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} />}
            loading={isFetching}
            onClick={() => void refetch()}
          >
            Draw again
          </Button>
        }
      />
      {error?.code === 'INVALID_INPUT' && <Unfinished fields={error.fields} />}
      {error && error.code !== 'INVALID_INPUT' && (
        <FailureNote error={error} onRetry={() => void refetch()} />
      )}
      {data && <Problems problems={data.problems} />}
      {data && <Steps preview={data} key={JSON.stringify(data.questions)} />}
    </Page>
  );
}

/** A draft that is no whole kit yet: trying again would not help, finishing it does. */
function Unfinished({ fields }: { fields: Record<string, string> }) {
  return (
    <Alert color="red" role="alert" title="Your draft is not finished">
      <ul className={classes.problems}>
        {Object.entries(fields).map(([field, message]) => {
          const item = /^definition\.items\.(\d+)/.exec(field)?.[1];
          return <li key={field}>{item === undefined ? message : `Item ${Number(item) + 1}: ${message}`}</li>;
        })}
      </ul>
    </Alert>
  );
}

function Problems({ problems }: { problems: KitPreview['problems'] }) {
  if (problems.length === 0) return null;
  const hindered = problems.some(({ hinders }) => hinders);
  return (
    <Alert
      color={hindered ? 'red' : 'amber'}
      mb="lg"
      title={hindered ? 'No interview can be made of this kit yet' : 'Good to know'}
    >
      <ul className={classes.problems}>
        {problems.map(({ message }) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    </Alert>
  );
}

interface Step {
  key: string;
  title: string;
  content: ReactNode;
}

function Steps({ preview }: { preview: KitPreview }) {
  const [at, setAt] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirstShown = useRef(true);
  const steps = stepsOf(preview);
  const step = steps[at];
  const go = (to: number) => setAt(Math.max(0, Math.min(steps.length - 1, to)));
  useShortcuts([
    { keys: 'ArrowRight', does: 'Next', run: () => go(at + 1) },
    { keys: 'ArrowLeft', does: 'Back', run: () => go(at - 1) },
  ]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step takes the focus, but for the one that is there first
  useEffect(() => {
    if (!isFirstShown.current) heading.current?.focus({ preventScroll: true });
    isFirstShown.current = false;
  }, [at]);
  if (!step) {
    return (
      <EmptyState icon={IconArrowRight} title="There is nothing to see yet">
        Give the kit questions, a welcome or a consent text.
      </EmptyState>
    );
  }
  return (
    <Stack gap="md">
      <section className={classes.candidate} aria-label="What the candidate sees">
        <Title order={2} ref={heading} tabIndex={-1} className={classes.title}>
          {step.title}
        </Title>
        {step.content}
      </section>
      <Group justify="space-between">
        <Button
          variant="default"
          leftSection={<IconArrowLeft size={16} />}
          disabled={at === 0}
          onClick={() => go(at - 1)}
        >
          Back
        </Button>
        <Text size="sm" c="dimmed" role="status">
          {at + 1} of {steps.length}
        </Text>
        <Button
          variant="default"
          rightSection={<IconArrowRight size={16} />}
          disabled={at === steps.length - 1}
          onClick={() => go(at + 1)}
        >
          Next
        </Button>
      </Group>
    </Stack>
  );
}

function stepsOf({ welcome, consentText, questions }: KitPreview): Step[] {
  const words = (text: string) => <Text className={classes.words}>{text}</Text>;
  return [
    ...(welcome ? [{ key: 'welcome', title: 'Welcome', content: words(welcome) }] : []),
    ...(consentText
      ? [
          {
            key: 'consent',
            title: 'Do you agree to be recorded?',
            content: (
              <>
                {words(consentText.body)}
                <Text size="sm" c="dimmed">
                  {consentText.name}, version {consentText.version}. They agree or decline; declined, the
                  interview is held without recording.
                </Text>
              </>
            ),
          },
        ]
      : []),
    ...questions.map(({ content, thinkTimeMs, answerTimeMs, takesAllowed }, index) => ({
      key: `${index}`,
      title: `Question ${index + 1} of ${questions.length}`,
      content: (
        <>
          <Text className={classes.question}>{content}</Text>
          <dl className={classes.limits}>
            <Limit name="Time to think">{timeWords(thinkTimeMs)}</Limit>
            <Limit name="Time to answer">{timeWords(answerTimeMs)}</Limit>
            <Limit name="Takes">{count(takesAllowed, 'take')}</Limit>
          </dl>
        </>
      ),
    })),
  ];
}

function Limit({ name, children }: { name: string; children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function BackToKit({ id }: { id: string }) {
  return (
    <Anchor component={Link} to={`/kits/${id}`} size="sm" className={classes.back}>
      <IconArrowLeft size={15} aria-hidden /> Back to the kit
    </Anchor>
  );
}
