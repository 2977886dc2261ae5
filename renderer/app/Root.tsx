import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router/dom';
import { AccountGate } from '../features/accounts/AccountGate.tsx';
import { DatabaseGate } from '../features/database/DatabaseGate.tsx';
import { CandidateWindow } from '../features/live/CandidateWindow.tsx';
import { queryClient } from '../lib/queries.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { router } from './router.tsx';
import { colorSchemeManager } from './theme/color-scheme.ts';
import { NativeAppearance } from './theme/NativeAppearance.tsx';
import { cssVariables, theme } from './theme/theme.ts';

/**
 * A candidate's own window is nothing but its question: it may ask main for that and for nothing else, not even who is
 * signed in.
 */
const candidateView = /^#\/candidate-view\/([\w-]+)$/.exec(window.location.hash)?.[1];

/** From the outside in: how it looks, what it knows, whether the database is there, who is here, what they see. */
export function Root() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
    >
      <NativeAppearance />
      <ErrorBoundary>
        <QueryClientProvider client={queryClient}>
          {candidateView ? (
            <CandidateWindow interviewId={candidateView} />
          ) : (
            <ModalsProvider labels={{ confirm: 'OK', cancel: 'Cancel' }}>
              <DatabaseGate>
                <AccountGate>
                  <RouterProvider router={router} />
                </AccountGate>
              </DatabaseGate>
              <Notifications position="bottom-right" limit={4} />
            </ModalsProvider>
          )}
        </QueryClientProvider>
      </ErrorBoundary>
    </MantineProvider>
  );
}
