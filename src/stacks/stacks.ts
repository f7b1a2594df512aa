import { rules as express } from './express/rules.ts';
import { rules as fastapi } from './fastapi/rules.ts';
import type { Stacks } from './stack.ts';

/** Every stack: the one place that names them. Each is loaded when a project needs it. */
export const stacks = {
  express: {
    title: 'TypeScript, Express 5, PostgreSQL (embedded or server)',
    rules: express,
    load: async () => (await import('./express/express.ts')).express,
  },
  fastapi: {
    title: 'Python, FastAPI, PostgreSQL (embedded or server)',
    rules: fastapi,
    load: async () => (await import('./fastapi/fastapi.ts')).fastapi,
  },
} satisfies Stacks;
