import type { Change, Notice } from '../manifest/change.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Stack } from '../stacks/stack.ts';
import type { ProjectFiles } from './project-files.ts';

export type SecretChange = {
  before: Manifest;
  after: Manifest;
  stack: Stack;
  files: ProjectFiles;
  newSecret: () => string;
};

/** The files with secrets that a manifest newly needs; an existing one has to be completed by hand. */
export function planSecrets({ before, after, stack, files, newSecret }: SecretChange): {
  changes: Change[];
  notices: Notice[];
} {
  const had = new Set(stack.renderSecrets(before, newSecret).map(({ path }) => path));
  const needed = stack.renderSecrets(after, newSecret).filter(({ path }) => !had.has(path));
  const isThere = ({ path }: { path: string }) => files.read(path) !== undefined;
  return {
    changes: needed
      .filter((file) => !isThere(file))
      .map((file): Change => ({ kind: 'create', mode: 0o600, secret: true, ...file })),
    notices: needed.filter(isThere).map(
      ({ path, content }): Notice => ({
        kind: 'warning',
        path,
        message: `it now needs ${namesIn(content).join(', ')}: see .env.example`,
      }),
    ),
  };
}

const namesIn = (content: string) =>
  [...content.matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name);
