import { rules as express } from './express/rules.ts';
import type { Stacks } from './stack.ts';

/** Every stack: the one place that names them. Each is loaded when a project needs it. */
export const stacks = {
  express: {
    title: 'TypeScript, Express 5, PostgreSQL (embedded or server)',
    rules: express,
    load: async () => (await import('./express/express.ts')).express,
  },
} satisfies Stacks;
