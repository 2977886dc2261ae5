import type { RouteObject } from 'react-router';

export const oneWayRoutes: RouteObject[] = [];
