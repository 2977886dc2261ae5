import { Modal } from '@mantine/core';
import { ShortcutTable } from './ShortcutTable.tsx';

export function ShortcutList({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard shortcuts" size="lg">
      <ShortcutTable />
    </Modal>
  );
}
