import { Navigate, type RouteObject } from 'react-router';

export const practiceRoutes: RouteObject[] = [
  { path: 'practice', element: <Navigate to="/practice/new" replace /> },
  {
    path: 'practice/new',
    lazy: async () => ({ Component: (await import('./NewPracticeScreen.tsx')).NewPracticeScreen }),
  },
  {
    path: 'practice/:interviewId',
    lazy: async () => ({ Component: (await import('./PracticeScreen.tsx')).PracticeScreen }),
  },
];
