import { notifications } from '@mantine/notifications';

/** Says that something was done, where nothing on screen shows it. */
export function done(message: string): void {
  notifications.show({ message, autoClose: 4_000, withCloseButton: false });
}
