import type { RouteObject } from 'react-router';

export const oneWayRoutes: RouteObject[] = [
  {
    path: 'assigned',
    lazy: async () => ({ Component: (await import('./AssignedScreen.tsx')).AssignedScreen }),
  },
  {
    path: 'assigned/:interviewId',
    lazy: async () => ({ Component: (await import('./OneWayScreen.tsx')).OneWayScreen }),
  },
];
