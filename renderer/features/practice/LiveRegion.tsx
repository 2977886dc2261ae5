import { VisuallyHidden } from '@mantine/core';
import { useAnnouncements } from '../../stores/announcements.ts';

/** Where a screen reader hears of the recording. There is one on the screen, and it says only what matters. */
export function LiveRegion() {
  const text = useAnnouncements((announcements) => announcements.text);
  return <VisuallyHidden role="status">{text}</VisuallyHidden>;
}
