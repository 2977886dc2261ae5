import { Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useDocumentTitle } from '../lib/document-title.ts';
import classes from './PageHeader.module.css';

/**
 * What every screen begins with. Names the window, and takes the focus when the screen appears, so that the keyboard
 * and the screen reader start at its top.
 */
export function PageHeader({
  title,
  documentTitle,
  lead,
  actions,
  eyebrow,
}: {
  title: string;
  /** When the heading says too little for a window's title. */
  documentTitle?: string;
  lead?: ReactNode;
  actions?: ReactNode;
  eyebrow?: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useDocumentTitle(documentTitle ?? title);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <header className={classes.header}>
      {eyebrow && <div className={classes.eyebrow}>{eyebrow}</div>}
      <Stack gap={6} miw={0} className={classes.what}>
        <Title order={1} ref={heading} tabIndex={-1}>
          {title}
        </Title>
        {lead && (
          <Text c="dimmed" component="div">
            {lead}
          </Text>
        )}
      </Stack>
      {actions && (
        <Group gap="xs" wrap="nowrap" flex="none">
          {actions}
        </Group>
      )}
    </header>
  );
}
