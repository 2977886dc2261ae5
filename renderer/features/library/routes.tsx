import type { RouteObject } from 'react-router';

export const libraryRoutes: RouteObject[] = [
  {
    path: 'library',
    lazy: async () => ({ Component: (await import('./LibraryScreen.tsx')).LibraryScreen }),
  },
  {
    path: 'library/new',
    lazy: async () => ({ Component: (await import('./QuestionScreen.tsx')).NewQuestionScreen }),
  },
  {
    path: 'library/import',
    lazy: async () => ({ Component: (await import('./ImportScreen.tsx')).ImportScreen }),
  },
  {
    path: 'library/:questionId',
    lazy: async () => ({ Component: (await import('./QuestionScreen.tsx')).QuestionScreen }),
  },
  {
    path: 'library/:questionId/edit',
    lazy: async () => ({ Component: (await import('./QuestionScreen.tsx')).EditQuestionScreen }),
  },
];
