import { Button, VisuallyHidden } from '@mantine/core';
import { useTimeout } from '@mantine/hooks';
import { IconCheck, IconClipboardCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { reportFailure } from '../lib/failures.ts';

const thanksMs = 2_000;

/** Copies a text at a click, and says so, also when the clipboard refuses. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  const { start } = useTimeout(() => setCopied(false), thanksMs);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      start();
    } catch {
      reportFailure(new Error('The clipboard cannot be used here. Select the text and copy it yourself.'));
    }
  };
  return (
    <>
      <Button
        variant="default"
        disabled={!text}
        leftSection={copied ? <IconCheck size={16} /> : <IconClipboardCopy size={16} />}
        onClick={() => void copy()}
      >
        {copied ? 'Copied' : label}
      </Button>
      <VisuallyHidden role="status">{copied ? 'Copied.' : ''}</VisuallyHidden>
    </>
  );
}
