import { useEffect, useState } from 'react';
import { listMicrophones } from '../../lib/recorder/microphone.ts';
import { useRecorder } from '../../stores/recorder.ts';

/** The microphones there are, followed as they come and go. They have names once one has been opened. */
export function useMicrophones(): MediaDeviceInfo[] {
  const openDeviceId = useRecorder(({ microphone }) => microphone?.deviceId);
  const [microphones, setMicrophones] = useState<MediaDeviceInfo[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names appear when a microphone has been opened
  useEffect(() => {
    let mounted = true;
    const read = async () => {
      const found = await listMicrophones();
      if (mounted) setMicrophones(found.filter(({ deviceId }) => deviceId !== ''));
    };
    void read();
    navigator.mediaDevices?.addEventListener('devicechange', read);
    return () => {
      mounted = false;
      navigator.mediaDevices?.removeEventListener('devicechange', read);
    };
  }, [openDeviceId]);
  return microphones;
}
