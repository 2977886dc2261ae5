import { NativeSelect } from '@mantine/core';
import { useEffect } from 'react';
import { problemWords } from '../../lib/recorder/words.ts';
import { usePracticePreferences } from '../../stores/practice-preferences.ts';
import { recorder, useRecorder } from '../../stores/recorder.ts';
import { LevelMeter } from '../practice/LevelMeter.tsx';
import { useMicrophones } from '../practice/use-microphones.ts';
import classes from './Live.module.css';

/** Which microphone is to record, and that it hears. Nothing is recorded here. */
export function DeviceChoice() {
  const { deviceId, rememberDevice } = usePracticePreferences();
  const microphones = useMicrophones();
  const { problem, phase } = useRecorder();
  useEffect(() => {
    void recorder.check(deviceId);
    // What has begun to record by then goes on.
    return () => recorder.release();
  }, [deviceId]);
  return (
    <div className={classes.device}>
      <NativeSelect
        label="Microphone"
        description="It should hear both of you. Speak: the bar moves."
        value={deviceId ?? ''}
        data={microphones.map(({ deviceId: value, label }) => ({ value, label: label || 'Microphone' }))}
        onChange={({ currentTarget }) => rememberDevice(currentTarget.value)}
        error={
          phase === 'interrupted' && problem
            ? `${problemWords(problem).title}. ${problemWords(problem).advice}`
            : undefined
        }
      />
      <LevelMeter />
    </div>
  );
}
