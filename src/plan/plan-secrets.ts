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

/** The secrets that a manifest needs newly; a file that is there is its owner's to complete. */
export function planSecrets({ before, after, stack, files, newSecret }: SecretChange): {
  changes: Change[];
  notices: Notice[];
} {
  const had = stack.renderSecrets(before, newSecret).flatMap(({ content }) => namesIn(content));
  const changes: Change[] = [];
  const notices: Notice[] = [];
  for (const file of stack.renderSecrets(after, newSecret)) {
    const { path, content } = file;
    const yours = files.read(path);
    const known = [...had, ...namesIn(yours ?? '')];
    const needed = namesIn(content).filter((name) => !known.includes(name));
    if (needed.length === 0) continue;
    if (yours === undefined) changes.push({ kind: 'create', mode: 0o600, secret: true, ...file });
    else {
      const message = `it needs ${needed.join(', ')} now, as .env.example says`;
      notices.push({ kind: 'warning', path, message });
    }
  }
  return { changes, notices };
}

const namesIn = (content: string) =>
  [...content.matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name);
