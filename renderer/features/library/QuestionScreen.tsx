import { Alert, Anchor, Button, Group, Skeleton, Stack } from '@mantine/core';
import {
  IconArchive,
  IconArrowBackUp,
  IconArrowLeft,
  IconColumns3,
  IconCopy,
  IconEdit,
  IconFileUnknown,
} from '@tabler/icons-react';
import { Link, useNavigate, useParams } from 'react-router';
import type { LibraryQuestion } from '../../../shared/contract/library.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Placeholder } from '../../components/Placeholder.tsx';
import { formatMoment } from '../../lib/formats.ts';
import { useOperation } from '../../lib/queries.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { InterviewersOnly } from '../kits/InterviewersOnly.tsx';
import { useArchiveQuestion, useDuplicateQuestion, useRestoreQuestion } from './library-acts.tsx';
import { QuestionEditor } from './QuestionEditor.tsx';
import classes from './QuestionScreen.module.css';
import { QuestionVersions } from './QuestionVersions.tsx';
import { QuestionView } from './QuestionView.tsx';
import { useQuestionDraft } from './question-draft.ts';

export function NewQuestionScreen() {
  return (
    <InterviewersOnly>
      <Page>
        <PageHeader title="New question" eyebrow={<BackToLibrary />} />
        <QuestionEditor question={null} />
      </Page>
    </InterviewersOnly>
  );
}

/** One question of the library: to read, or to edit. */
export function QuestionScreen() {
  return <OnQuestion editing={false} />;
}

function OnQuestion({ editing }: { editing: boolean }) {
  const { questionId = '' } = useParams();
  return (
    <InterviewersOnly>
      <OneQuestion key={`${questionId} ${editing}`} id={questionId} editing={editing} />
    </InterviewersOnly>
  );
}

export function EditQuestionScreen() {
  return <OnQuestion editing />;
}

function OneQuestion({ id, editing }: { id: string; editing: boolean }) {
  const { data: question, error, refetch } = useOperation('library.get', { id });
  if (question) return editing ? <Edited question={question} /> : <Read question={question} />;
  if (error?.code === 'NOT_FOUND' || error?.code === 'INVALID_INPUT') return <Gone />;
  return (
    <Page>
      <PageHeader title="Question" eyebrow={<BackToLibrary />} />
      {error ? (
        <FailureNote error={error} onRetry={() => void refetch()} />
      ) : (
        <Placeholder label="Loading the question">
          <Stack gap="lg">
            <Skeleton height={26} width="80%" />
            <Skeleton height={14} width="40%" />
            <Skeleton height={160} radius="lg" />
          </Stack>
        </Placeholder>
      )}
    </Page>
  );
}

function Edited({ question }: { question: LibraryQuestion }) {
  return (
    <Page>
      <PageHeader
        title="Edit question"
        eyebrow={
          <Anchor component={Link} to={`/library/${question.id}`} size="sm" className={classes.back}>
            <IconArrowLeft size={15} aria-hidden /> The question
          </Anchor>
        }
        lead={`Version ${question.version} · ${formatMoment(question.changedAt)} · ${question.changedBy?.name ?? 'Parley'}. Interviews keep the version that they were made with.`}
      />
      <QuestionEditor question={question} />
    </Page>
  );
}

function Read({ question }: { question: LibraryQuestion }) {
  const navigate = useNavigate();
  const draft = useQuestionDraft(question);
  const archive = useArchiveQuestion();
  const restore = useRestoreQuestion();
  const duplicate = useDuplicateQuestion();
  const edit = `/library/${question.id}/edit`;
  useShortcuts([{ keys: 'e', does: 'Edit the question', run: () => void navigate(edit) }], { first: true });
  return (
    <Page>
      <PageHeader
        title="Question"
        documentTitle={question.content.slice(0, 80)}
        eyebrow={<BackToLibrary />}
        actions={
          <>
            {question.askedCount > 0 && (
              <Button
                component={Link}
                to={`/compare/${question.id}`}
                variant="default"
                leftSection={<IconColumns3 size={16} />}
              >
                Compare answers
              </Button>
            )}
            <Button
              variant="default"
              leftSection={<IconCopy size={16} />}
              onClick={() => duplicate(question.id)}
            >
              Duplicate
            </Button>
            {!question.archivedAt && (
              <Button
                variant="default"
                leftSection={<IconArchive size={16} />}
                onClick={() => archive(question.id)}
              >
                Archive
              </Button>
            )}
            <Button component={Link} to={edit} leftSection={<IconEdit size={16} />} aria-keyshortcuts="E">
              Edit
            </Button>
          </>
        }
      />
      {question.archivedAt && (
        <Alert color="amber" icon={<IconArchive />} mb="lg" title="This question is archived">
          <Stack gap="xs" align="flex-start">
            It is in no list and is not drawn any more. What was asked stays as it was.
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconArrowBackUp size={15} />}
              onClick={() => restore(question.id)}
            >
              Bring it back
            </Button>
          </Stack>
        </Alert>
      )}
      {draft.isDraft && (
        <Alert color="amber" mb="lg">
          <Group justify="space-between">
            You have a draft of this question that is not saved.
            <Button component={Link} to={edit} size="compact-sm" variant="default">
              Go on editing
            </Button>
          </Group>
        </Alert>
      )}
      <QuestionView question={question} />
      <QuestionVersions question={question} hasDraft={draft.isDraft} />
    </Page>
  );
}

function BackToLibrary() {
  return (
    <Anchor component={Link} to="/library" size="sm" className={classes.back}>
      <IconArrowLeft size={15} aria-hidden /> Question library
    </Anchor>
  );
}

function Gone() {
  return (
    <Page>
      <PageHeader title="Not found" eyebrow={<BackToLibrary />} />
      <EmptyState
        icon={IconFileUnknown}
        title="This question is not here"
        action={
          <Button component={Link} to="/library">
            Show the library
          </Button>
        }
      >
        Its address is wrong, or it belongs to another database.
      </EmptyState>
    </Page>
  );
}
