import type { Level } from '../manifest/access.ts';
import type { Route } from './stack.ts';

/** The routes of one file, each a method and a path. */
export function routesIn(file: string, access: Level, routes: readonly string[]): Route[] {
  return routes.map((route) => {
    const [method = '', path = ''] = route.split(' ');
    return { method, path, access, file };
  });
}
