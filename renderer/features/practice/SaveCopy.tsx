import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { saveFile } from '../../lib/save-file.ts';
import type { AnswerableQuestion } from '../../stores/practice-course.ts';
import { recorder } from '../../stores/recorder.ts';

/** Hands what was recorded to the person as a file, when Parley cannot store it. */
export function SaveCopy({ question }: { question: Pick<AnswerableQuestion, 'position'> }) {
  const save = () => {
    const blob = recorder.copy();
    if (blob) saveFile(`Parley, answer ${question.position + 1}.webm`, blob);
  };
  return (
    <Button size="sm" variant="default" leftSection={<IconDownload size={16} />} onClick={save}>
      Save a copy
    </Button>
  );
}
