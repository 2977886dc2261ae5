import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { DeskInterview } from '../../../shared/contract/desk.ts';
import { count } from '../../lib/formats.ts';
import { useOperation } from '../../lib/queries.ts';
import { endLive } from '../../stores/live.ts';

/** Ends the interview, and says before that what was not asked and not rated. */
export function EndDialog({
  interview,
  opened,
  onClose,
}: {
  interview: DeskInterview;
  opened: boolean;
  onClose: () => void;
}) {
  const navigate = useNavigate();
  const { data: scorecard } = useOperation('scorecards.mine', { interviewId: interview.id });
  const [ending, setEnding] = useState(false);
  const [stuck, setStuck] = useState(false);
  const rated = new Set(scorecard?.ratings.map(({ questionId }) => questionId));
  const notAsked = interview.questions.filter(({ state }) => state === 'NOT_ASKED').length;
  const notRated = interview.questions.filter(
    ({ id, state }) => (state === 'ANSWERED' || state === 'ASKED') && !rated.has(id),
  ).length;
  const end = async () => {
    setEnding(true);
    const ended = await endLive(interview.id);
    setEnding(false);
    setStuck(!ended);
    if (ended) void navigate(`/desk/${interview.id}`);
  };
  return (
    <Modal opened={opened} onClose={onClose} title="End the interview?">
      <Stack gap="md">
        <List size="sm">
          <List.Item>
            {notAsked === 0 ? 'Every question was asked.' : `${count(notAsked, 'question')} not asked.`}
          </List.Item>
          <List.Item>
            {notRated === 0
              ? 'Every answer is rated.'
              : `${count(notRated, 'answer')} not rated yet; you can do that afterwards.`}
          </List.Item>
        </List>
        <Text size="sm" c="dimmed">
          What is being recorded is stopped and kept. An interview that has ended cannot go on.
        </Text>
        {stuck && (
          <Text size="sm" role="alert">
            Part of the recording is not saved yet. See to that at the top of the screen, then end the
            interview.
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Back
          </Button>
          <Button loading={ending} data-autofocus onClick={() => void end()}>
            End it
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
