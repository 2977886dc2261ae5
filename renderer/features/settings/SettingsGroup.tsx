import { Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './SettingsGroup.module.css';

/** Settings that belong together, under a heading of their own. */
export function SettingsGroup({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}) {
  const heading = useId();
  return (
    <section className={classes.group} aria-labelledby={heading}>
      <Stack gap={4} mb="md">
        <Title order={2} id={heading}>
          {title}
        </Title>
        {lead && (
          <Text size="sm" c="dimmed">
            {lead}
          </Text>
        )}
      </Stack>
      {children}
    </section>
  );
}
