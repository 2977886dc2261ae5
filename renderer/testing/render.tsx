import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { type RenderResult, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { queryClient } from '../lib/queries.ts';

/** Renders a part of the app in what the app puts around it. */
export function renderInApp(part: ReactNode): RenderResult {
  return render(
    <MantineProvider env="test">
      <QueryClientProvider client={queryClient}>
        <ModalsProvider>
          {part}
          <Notifications />
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
}
