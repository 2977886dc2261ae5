import type { RouteObject } from 'react-router';

export const kitsRoutes: RouteObject[] = [
  { path: 'kits', lazy: async () => ({ Component: (await import('./KitsScreen.tsx')).KitsScreen }) },
  { path: 'kits/new', lazy: async () => ({ Component: (await import('./KitScreen.tsx')).NewKitScreen }) },
  {
    path: 'kits/consent-texts',
    lazy: async () => ({ Component: (await import('./ConsentTextsScreen.tsx')).ConsentTextsScreen }),
  },
  {
    path: 'kits/consent-texts/new',
    lazy: async () => ({ Component: (await import('./ConsentTextScreen.tsx')).NewConsentTextScreen }),
  },
  {
    path: 'kits/consent-texts/of/:name',
    lazy: async () => ({ Component: (await import('./ConsentTextScreen.tsx')).ConsentTextScreen }),
  },
  { path: 'kits/:kitId', lazy: async () => ({ Component: (await import('./KitScreen.tsx')).KitScreen }) },
  {
    path: 'kits/:kitId/preview',
    lazy: async () => ({ Component: (await import('./PreviewScreen.tsx')).PreviewScreen }),
  },
];
