import type { RouteObject } from 'react-router';

export const kitsRoutes: RouteObject[] = [];
