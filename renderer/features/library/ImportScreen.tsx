import { Alert, Anchor, Button, Group, NativeSelect, Stack, Switch, Text } from '@mantine/core';
import { IconArrowLeft, IconFileUpload } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, type RefObject, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { ImportReport, LibraryFormat } from '../../../shared/contract/library.ts';
import { maxFileBytes } from '../../../shared/model/library.ts';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { done } from '../../lib/done.ts';
import { count } from '../../lib/formats.ts';
import { useAct } from '../../lib/queries.ts';
import { InterviewersOnly } from '../kits/InterviewersOnly.tsx';
import { acceptedFiles, formatOf, formatWords } from './file-formats.ts';
import { ImportLines } from './ImportLines.tsx';
import classes from './ImportScreen.module.css';
import { libraryChanges } from './library-acts.tsx';

interface ChosenFile {
  name: string;
  format: LibraryFormat;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Imports questions from a file: what it would do is shown line by line, and done when the person says so. */
export function ImportScreen() {
  return (
    <InterviewersOnly>
      <Import />
    </InterviewersOnly>
  );
}

function Import() {
  const navigate = useNavigate();
  const scroller = useRef<HTMLDivElement>(null);
  const [file, setFile] = useState<ChosenFile | null>(null);
  const [unread, setUnread] = useState<string | null>(null);
  const [takeConflicts, setTakeConflicts] = useState(false);
  const check = useAct('library.checkImport', { showsFailure: true });
  const run = useAct('library.import', {
    ...{ changes: libraryChanges, showsFailure: true },
    onSuccess: ({ created, changed }) => {
      done(`${count(created, 'question')} made, ${changed} changed.`);
      void navigate('/library');
    },
  });

  const look = (chosen: ChosenFile) => {
    setFile(chosen);
    setTakeConflicts(false);
    run.reset();
    check.mutate({ format: chosen.format, bytes: chosen.bytes });
  };
  const choose = async (chosen: File | undefined) => {
    if (!chosen) return;
    setUnread(null);
    if (chosen.size > maxFileBytes) {
      setUnread('This file is larger than 32 MB. Please split it into several.');
      return;
    }
    try {
      const bytes = new Uint8Array(await chosen.arrayBuffer());
      look({ name: chosen.name, format: formatOf(chosen.name), bytes });
    } catch {
      setUnread(`“${chosen.name}” cannot be read. Is it still there, and are you allowed to read it?`);
    }
  };
  const report = check.data;
  const failure = unread ?? check.error?.message;
  return (
    <Page scrollerRef={scroller} width={960}>
      <PageHeader
        title="Import questions"
        eyebrow={
          <Anchor component={Link} to="/library" size="sm" className={classes.back}>
            <IconArrowLeft size={15} aria-hidden /> Question library
          </Anchor>
        }
        lead="From a CSV, JSON or Markdown file. First you see what it would do; nothing is changed before you say so."
      />
      <FileChoice name={file?.name} pending={check.isPending} onChoose={(chosen) => void choose(chosen)} />
      {file && (
        <Group mt="sm" gap="sm" align="end">
          <NativeSelect
            label="Read as"
            size="sm"
            value={file.format}
            onChange={(event) => look({ ...file, format: event.currentTarget.value as LibraryFormat })}
            data={Object.entries(formatWords).map(([value, label]) => ({ value, label }))}
          />
        </Group>
      )}
      {failure && (
        <Alert color="red" role="alert" mt="lg" title="This file was not read">
          {failure}
        </Alert>
      )}
      {report && !check.isPending && (
        <Outcome
          // Another file begins at its own top.
          key={report.fingerprint}
          report={report}
          scroller={scroller}
        >
          {run.error && (
            <Alert color="red" role="alert" title="Nothing was imported">
              <Stack gap="xs" align="flex-start">
                {run.error.message}
                {run.error.code === 'CONFLICT' && file && (
                  <Button size="compact-sm" variant="default" onClick={() => look(file)}>
                    Check again
                  </Button>
                )}
              </Stack>
            </Alert>
          )}
          <ImportBar
            report={report}
            takeConflicts={takeConflicts}
            onTakeConflicts={setTakeConflicts}
            pending={run.isPending}
            onImport={() =>
              file &&
              run.mutate({
                ...{ format: file.format, bytes: file.bytes, fingerprint: report.fingerprint },
                conflicts: takeConflicts ? 'TAKE' : 'KEEP',
              })
            }
          />
        </Outcome>
      )}
    </Page>
  );
}

function FileChoice({
  name,
  pending,
  onChoose,
}: {
  name: string | undefined;
  pending: boolean;
  onChoose: (file: File | undefined) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onChoose(event.dataTransfer.files[0]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first
    <div
      className={classes.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <IconFileUpload size={26} stroke={1.6} aria-hidden />
      <Text size="sm" role="status">
        {pending ? `Looking through “${name}” …` : name ? `“${name}”` : 'Choose a file, or drop one here.'}
      </Text>
      <Button variant={name ? 'default' : 'filled'} loading={pending} onClick={() => input.current?.click()}>
        {name ? 'Choose another file' : 'Choose a file'}
      </Button>
      <input
        ref={input}
        type="file"
        accept={acceptedFiles}
        aria-label="File to import"
        className={classes.input}
        tabIndex={-1}
        onChange={(event) => {
          onChoose(event.currentTarget.files?.[0]);
          // The same file can be chosen again when it has been mended.
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}

function Outcome({
  report,
  scroller,
  children,
}: {
  report: ImportReport;
  scroller: RefObject<HTMLDivElement | null>;
  children: ReactNode;
}) {
  return (
    <Stack gap="md" mt="lg">
      {report.notes.map((note) => (
        <Alert key={note} color="amber" py="xs">
          {note}
        </Alert>
      ))}
      <ImportLines report={report} scroller={scroller} />
      {children}
    </Stack>
  );
}

/** Stays at the foot: what the import does, and the button that does it. */
function ImportBar({
  report: { counts },
  takeConflicts,
  onTakeConflicts,
  pending,
  onImport,
}: {
  report: ImportReport;
  takeConflicts: boolean;
  onTakeConflicts: (take: boolean) => void;
  pending: boolean;
  onImport: () => void;
}) {
  const changed = counts.CHANGE + (takeConflicts ? counts.CONFLICT : 0);
  const parts = [
    ...(counts.CREATE > 0 ? [`make ${count(counts.CREATE, 'question')}`] : []),
    ...(changed > 0 ? [`change ${count(changed, 'question')}`] : []),
  ];
  const leftOut = counts.REFUSED + (takeConflicts ? 0 : counts.CONFLICT);
  return (
    <div className={classes.bar}>
      {counts.CONFLICT > 0 && (
        <Switch
          mb="sm"
          checked={takeConflicts}
          onChange={(event) => onTakeConflicts(event.currentTarget.checked)}
          label={`Also take the file’s words where both were changed (${counts.CONFLICT})`}
          description="What the library says now stays among the versions."
        />
      )}
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {leftOut > 0 && `${count(leftOut, 'line')} left out.`}
        </Text>
        <Button disabled={parts.length === 0} loading={pending} onClick={onImport}>
          {parts.length === 0 ? 'Nothing to import' : capitalised(parts.join(' and '))}
        </Button>
      </Group>
    </div>
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
