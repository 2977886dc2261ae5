import { Group, Loader, Text } from '@mantine/core';

/** While a part of a page waits for its data: what it is doing, in words, for the eye and the ear alike. */
export function Loading({ children }: { children: string }) {
  return (
    <Group role="status" gap="sm" p="md">
      <Loader size="xs" type="dots" aria-hidden />
      <Text size="sm" c="dimmed">
        {children}
      </Text>
    </Group>
  );
}
