import { Button, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useShallow } from 'zustand/react/shallow';
import type { Interview, Question } from '../../../shared/contract/interviews.ts';
import { isCapturing } from '../../lib/recorder/recorder-state.ts';
import { abandonInterview, type PracticeStep, review, usePractice } from '../../stores/practice.ts';
import { useRecorder } from '../../stores/recorder.ts';
import classes from './PracticeHeader.module.css';
import { QuestionSteps } from './QuestionSteps.tsx';

/** Where one is in the interview; the way back to what is answered; the way out. */
export function PracticeHeader({
  interview,
  current,
  step,
}: {
  interview: Interview;
  current: Question | null;
  step: PracticeStep;
}) {
  const { phase, unsaved } = useRecorder(useShallow(({ phase, unsaved }) => ({ phase, unsaved })));
  const capturing = isCapturing(phase);
  const busy = usePractice((practice) => practice.busy);
  const [asking, confirmation] = useDisclosure(false);
  const stuck = capturing || unsaved || busy || step === 'check';

  return (
    <header className={classes.header}>
      <QuestionSteps
        questions={interview.questions}
        current={current}
        disabled={stuck}
        onShow={(questionId) => review(questionId)}
      />
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        onClick={confirmation.open}
        disabled={busy || unsaved || phase === 'finishing'}
      >
        End early
      </Button>

      <Modal opened={asking} onClose={confirmation.close} title="End this interview early?">
        <Text size="sm">
          {capturing && 'The recording stops here. '}Every answer you gave is kept and can be listened to and
          rated. The interview cannot be taken up again.
        </Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={confirmation.close} data-autofocus>
            Go on with it
          </Button>
          <Button
            color="red"
            loading={busy}
            onClick={async () => {
              await abandonInterview(interview.id);
              confirmation.close();
            }}
          >
            End early
          </Button>
        </Group>
      </Modal>
    </header>
  );
}
