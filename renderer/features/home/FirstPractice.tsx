import { Button, Stack, Text, Title } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconHeadphones, IconMicrophone } from '@tabler/icons-react';
import { Link } from 'react-router';
import classes from './FirstPractice.module.css';

const steps = [
  {
    icon: IconAdjustmentsHorizontal,
    title: 'Choose',
    text: 'A level, a few topics, how many questions and how long you may think and speak.',
  },
  {
    icon: IconMicrophone,
    title: 'Answer aloud',
    text: 'One question at a time. Every word is on disk as you say it, whatever happens to the computer.',
  },
  {
    icon: IconHeadphones,
    title: 'Listen and rate',
    text: 'Hear yourself as an interviewer would, and compare with what a good answer covers.',
  },
] as const;

/** Home before the first interview: what Parley does, and the one thing to do. */
export function FirstPractice() {
  return (
    <section className={classes.card} aria-labelledby="first-practice">
      <Stack gap={6}>
        <Title order={2} id="first-practice">
          Practise your first interview
        </Title>
        <Text c="dimmed">It takes about ten minutes, and nobody hears it but you.</Text>
      </Stack>
      <ol className={classes.steps}>
        {steps.map(({ icon: Icon, title, text }) => (
          <li key={title}>
            <Icon size={22} stroke={1.6} className={classes.icon} aria-hidden />
            <Title order={3}>{title}</Title>
            <Text size="sm" c="dimmed">
              {text}
            </Text>
          </li>
        ))}
      </ol>
      <Button component={Link} to="/practice/new" size="md" className={classes.start}>
        Start practising
      </Button>
    </section>
  );
}
