import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { FullScreenMessage } from '../components/FullScreenMessage.tsx';

/** The last resort for a defect of a screen: says so, and offers a way forward. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <FullScreenMessage
        title="Parley met a problem"
        actions={<Button onClick={() => location.reload()}>Reload Parley</Button>}
      >
        This screen cannot be shown. What you recorded and saved is safe. Reloading usually helps.
      </FullScreenMessage>
    );
  }
}
