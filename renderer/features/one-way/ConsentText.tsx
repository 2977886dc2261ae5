import { Text } from '@mantine/core';
import type { OneWayInterview } from '../../../shared/contract/one-way.ts';
import classes from './OneWay.module.css';

/** What a candidate is asked to agree to, with its version. */
export function ConsentText({ text }: { text: NonNullable<OneWayInterview['consentText']> }) {
  return (
    <blockquote className={classes.consent}>
      <Text className={classes.prose}>{text.body}</Text>
      <Text size="sm" c="dimmed" mt="sm">
        {text.name}, version {text.version}
      </Text>
    </blockquote>
  );
}
