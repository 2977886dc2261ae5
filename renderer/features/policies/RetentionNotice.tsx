import { Alert, Button, Group, Text } from '@mantine/core';
import { IconCalendarX, IconPinned } from '@tabler/icons-react';
import { formatDay } from '../../lib/formats.ts';
import { useAct, useOperation } from '../../lib/queries.ts';
import { usePerson } from '../accounts/signed-in.ts';
import { goingWords } from './retention-words.ts';

/** What goes of an interview, and when; for an admin with the way to keep it. Nothing where nothing is announced. */
export function RetentionNotice({ interviewId }: { interviewId: string }) {
  const isAdmin = usePerson().role === 'ADMIN';
  const { data } = useOperation('retention.ofInterview', { id: interviewId });
  const keep = useAct('retention.keep', { changes: ['retention.ofInterview', 'retention.interviews'] });
  if (!data || (data.notices.length === 0 && !(data.kept && isAdmin))) return null;
  const words = data.notices.map(({ what, goesAt }, index) => {
    const thing = goingWords(what);
    const verb = what === 'INTERVIEWS' ? 'goes' : 'go';
    return `${index === 0 ? thing : thing.toLowerCase()} ${verb} on ${formatDay(goesAt)}`;
  });
  return (
    <Alert
      color={data.kept ? 'gray' : 'amber'}
      icon={data.kept ? <IconPinned /> : <IconCalendarX />}
      role="note"
      mb="lg"
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm" flex={1} miw={220}>
          {data.kept
            ? 'An admin keeps this interview, whatever the rules for how long things are kept say.'
            : `${words.join(', and ')}, by the rules for how long things are kept.`}
        </Text>
        {isAdmin && (
          <Button
            size="compact-md"
            variant="default"
            loading={keep.isPending}
            onClick={() => keep.mutate({ interviewId, kept: !data.kept })}
          >
            {data.kept ? 'Do not keep this' : 'Keep this'}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
