import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { AnswerableQuestion } from '../../stores/practice-course.ts';
import { recorder } from '../../stores/recorder.ts';

/** Hands what was recorded to the person as a file, when Parley cannot store it. */
export function SaveCopy({ question }: { question: Pick<AnswerableQuestion, 'position'> }) {
  const save = () => {
    const blob = recorder.copy();
    if (!blob) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = `Parley, answer ${question.position + 1}.webm`;
    link.click();
    // The download has taken hold of it long before.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };
  return (
    <Button size="sm" variant="default" leftSection={<IconDownload size={16} />} onClick={save}>
      Save a copy
    </Button>
  );
}
