import { Alert, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { LibraryQuestion, LibraryVersion } from '../../../shared/contract/library.ts';
import type { QuestionOrigin } from '../../../shared/model/library.ts';
import { Differences } from '../../components/Differences.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { done } from '../../lib/done.ts';
import { formatMoment, formatMomentInFull } from '../../lib/formats.ts';
import { useAct, useOperation } from '../../lib/queries.ts';
import { libraryChanges, noteQuestion } from './library-acts.tsx';
import classes from './QuestionVersions.module.css';
import { questionInWords } from './question-in-words.ts';

/** Every version of a question, with what it changed; an old one can be brought back, as a new version. */
export function QuestionVersions({ question, hasDraft }: { question: LibraryQuestion; hasDraft: boolean }) {
  const [opened, setOpened] = useState<number | null>(null);
  return (
    <section className={classes.versions}>
      <h2 className={classes.title}>Versions</h2>
      <ul className={classes.list}>
        {question.versions.map((version, index) => {
          const before = question.versions[index + 1];
          const isOpened = opened === version.version;
          return (
            <li key={version.version}>
              <button
                type="button"
                className={classes.version}
                aria-expanded={isOpened}
                onClick={() => setOpened(isOpened ? null : version.version)}
              >
                <span className={classes.number}>Version {version.version}</span>
                {version.version === question.version && <Badge variant="light">In use</Badge>}
                <span className={classes.details} title={formatMomentInFull(version.changedAt)}>
                  {formatMoment(version.changedAt)} · {whoseWords(version)}
                </span>
              </button>
              {isOpened && (
                <VersionDetails
                  question={question}
                  version={version.version}
                  before={before?.version}
                  hasDraft={hasDraft}
                  onReverted={() => setOpened(null)}
                />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const originWords: Record<QuestionOrigin, string> = {
  STARTER: 'came with Parley',
  PERSON: 'somebody who is gone',
  IMPORT: 'imported',
};

function whoseWords({ origin, changedBy }: LibraryVersion): string {
  if (!changedBy) return originWords[origin];
  return origin === 'IMPORT' ? `imported by ${changedBy.name}` : changedBy.name;
}

function VersionDetails({
  question,
  version,
  before,
  hasDraft,
  onReverted,
}: {
  question: LibraryQuestion;
  version: number;
  /** The one before it; none for the first. */
  before: number | undefined;
  hasDraft: boolean;
  onReverted: () => void;
}) {
  const isCurrent = version === question.version;
  const against = isCurrent ? (before ?? version) : version;
  const chosen = useOperation('library.version', { id: question.id, version });
  const other = useOperation('library.version', {
    id: question.id,
    version: isCurrent ? against : question.version,
  });
  const revert = useAct('library.revert', {
    changes: libraryChanges,
    onSuccess: (saved) => {
      noteQuestion(saved);
      done(`What version ${version} says is version ${saved.version} now.`);
      onReverted();
    },
  });
  const failed = chosen.error ? chosen : other.error ? other : null;
  if (failed?.error) {
    return <FailureNote error={failed.error} onRetry={() => void failed.refetch()} />;
  }
  if (!chosen.data || !other.data) return null;
  return (
    <Stack gap="sm" className={classes.panel}>
      {isCurrent && before === undefined ? (
        <Text size="sm" c="dimmed">
          The first version.
        </Text>
      ) : isCurrent ? (
        <Differences
          before={questionInWords(other.data)}
          after={questionInWords(chosen.data)}
          names={[`Version ${before}`, `Version ${version}, in use`]}
        />
      ) : (
        <Differences
          before={questionInWords(chosen.data)}
          after={questionInWords(other.data)}
          names={[`Version ${version}`, `Version ${question.version}, in use`]}
        />
      )}
      {!isCurrent && hasDraft && (
        <Alert color="amber">
          You have a draft of this question. Save or discard it first, so that it is clear what comes back.
        </Alert>
      )}
      {!isCurrent && (
        <Group justify="flex-end">
          <Button
            size="sm"
            loading={revert.isPending}
            disabled={hasDraft}
            onClick={() => revert.mutate({ id: question.id, baseVersion: question.version, version })}
          >
            Bring version {version} back
          </Button>
        </Group>
      )}
    </Stack>
  );
}
