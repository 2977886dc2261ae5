import type { RouteObject } from 'react-router';

export const candidatesRoutes: RouteObject[] = [
  {
    path: 'candidates',
    lazy: async () => ({ Component: (await import('./CandidatesScreen.tsx')).CandidatesScreen }),
  },
  {
    path: 'candidates/:candidateId',
    lazy: async () => ({ Component: (await import('./CandidateScreen.tsx')).CandidateScreen }),
  },
];
