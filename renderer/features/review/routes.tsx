import type { RouteObject } from 'react-router';

export const reviewRoutes: RouteObject[] = [
  {
    path: 'desk/:interviewId/scorecard',
    lazy: async () => ({ Component: (await import('./ScorecardScreen.tsx')).ScorecardScreen }),
  },
  {
    path: 'desk/:interviewId/review',
    lazy: async () => ({ Component: (await import('./ReviewScreen.tsx')).ReviewScreen }),
  },
  {
    path: 'desk/:interviewId/debrief',
    lazy: async () => ({ Component: (await import('./DebriefScreen.tsx')).DebriefScreen }),
  },
  {
    path: 'compare',
    lazy: async () => ({ Component: (await import('./GridScreen.tsx')).GridScreen }),
  },
  {
    path: 'compare/:questionId',
    lazy: async () => ({ Component: (await import('./CompareScreen.tsx')).CompareScreen }),
  },
];
