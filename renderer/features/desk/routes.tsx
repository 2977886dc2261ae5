import type { RouteObject } from 'react-router';

export const deskRoutes: RouteObject[] = [
  { path: 'desk', lazy: async () => ({ Component: (await import('./DeskScreen.tsx')).DeskScreen }) },
  {
    path: 'desk/new',
    lazy: async () => ({ Component: (await import('./ScheduleScreen.tsx')).ScheduleScreen }),
  },
  {
    path: 'desk/:interviewId',
    lazy: async () => ({ Component: (await import('./DeskInterviewScreen.tsx')).DeskInterviewScreen }),
  },
  {
    path: 'desk/:interviewId/live',
    lazy: async () => ({ Component: (await import('../live/LiveScreen.tsx')).LiveScreen }),
  },
];
