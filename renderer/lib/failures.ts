import { notifications } from '@mantine/notifications';

/** Tells of something that did not work, in a notification that stays until it is read. */
export function reportFailure(error: Error): void {
  notifications.show({
    // The same failure twice is one notification.
    id: error.message,
    title: 'That did not work',
    message: error.message,
    color: 'red',
    autoClose: false,
    role: 'alert',
  });
}
