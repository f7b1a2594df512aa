import type { StackName } from '../manifest/choices.ts';
import type { Stack } from './stack.ts';

type Entry = {
  /** What it is made of, for a person who chooses. */
  title: string;
  load(): Promise<Stack>;
};

/** Every stack, loaded when a project needs it. */
export const stacks: Readonly<Record<StackName, Entry>> = {
  express: {
    title: 'TypeScript, Express 5, PostgreSQL (embedded or server)',
    load: async () => (await import('./express/express.ts')).express,
  },
};

/** The stack of that name, with its templates. */
export const loadStack = (name: StackName): Promise<Stack> => stacks[name].load();
