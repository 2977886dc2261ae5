import { createHashRouter, Navigate } from 'react-router';
import { candidatesRoutes } from '../features/candidates/routes.tsx';
import { deskRoutes } from '../features/desk/routes.tsx';
import { HomeScreen } from '../features/home/HomeScreen.tsx';
import { kitsRoutes } from '../features/kits/routes.tsx';
import { libraryRoutes } from '../features/library/routes.tsx';
import { oneWayRoutes } from '../features/one-way/routes.tsx';
import { practiceRoutes } from '../features/practice/routes.tsx';
import { reviewRoutes } from '../features/review/routes.tsx';
import { NotFoundScreen } from './NotFoundScreen.tsx';
import { RouteFailure } from './RouteFailure.tsx';
import { Shell } from './shell/Shell.tsx';

/**
 * The address behind the hash says what is on screen: that works alike under app:// and http://, and the browser host
 * never sees it. Home is loaded with the app; the other screens when they are first opened.
 */
export const router = createHashRouter([
  {
    element: <Shell />,
    // Home needs no loading, and a screen opened by its address may appear a moment later.
    hydrateFallbackElement: <div />,
    children: [
      {
        errorElement: <RouteFailure />,
        children: [
          { index: true, element: <HomeScreen /> },
          ...practiceRoutes,
          ...libraryRoutes,
          ...kitsRoutes,
          ...candidatesRoutes,
          ...deskRoutes,
          ...reviewRoutes,
          ...oneWayRoutes,
          {
            path: 'interviews',
            lazy: async () => ({
              Component: (await import('../features/history/HistoryScreen.tsx')).HistoryScreen,
            }),
          },
          {
            path: 'interviews/:interviewId',
            lazy: async () => ({
              Component: (await import('../features/history/InterviewScreen.tsx')).InterviewScreen,
            }),
          },
          {
            path: 'people',
            lazy: async () => ({
              Component: (await import('../features/people/PeopleScreen.tsx')).PeopleScreen,
            }),
          },
          { path: 'settings', element: <Navigate to="/settings/account" replace /> },
          {
            path: 'settings/:section',
            lazy: async () => ({
              Component: (await import('../features/settings/SettingsScreen.tsx')).SettingsScreen,
            }),
          },
          { path: '*', element: <NotFoundScreen /> },
        ],
      },
    ],
  },
]);
