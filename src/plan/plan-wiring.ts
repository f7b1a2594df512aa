import type { Change, Notice, WireResult } from '../spec/change.ts';
import type { Wiring } from '../stacks/stack.ts';
import type { ProjectFiles } from './project-files.ts';

/** The edits of shared files; a file that cannot be edited for sure becomes a `manual` notice. */
export async function planWiring(
  wirings: readonly Wiring[],
  files: ProjectFiles,
): Promise<{ changes: Change[]; notices: Notice[] }> {
  const changes: Change[] = [];
  const notices: Notice[] = [];
  for (const wiring of wirings) {
    const { path } = wiring;
    const before = files.read(path);
    const result = await wire(wiring, before);
    if (result.status === 'already') notices.push({ kind: 'same', path });
    else if (result.status === 'manual') {
      notices.push({ kind: 'manual', path, message: result.reason, snippet: result.snippet });
    } else if (before !== undefined) {
      changes.push({ kind: 'update', path, before, content: result.text });
    }
  }
  return { changes, notices };
}

/** Whether shared files still have the lines of an endpoint: whoever took them out is not corrected. */
export async function reviewWiring(
  wirings: readonly Wiring[],
  files: ProjectFiles,
): Promise<Notice[]> {
  return Promise.all(
    wirings.map(async (wiring): Promise<Notice> => {
      const { path, name } = wiring;
      const { status } = await wire(wiring, files.read(path));
      if (status === 'already') return { kind: 'same', path };
      const message = `it does not have ${name} (any more), and is left so`;
      return { kind: 'kept', path, message };
    }),
  );
}

/** The codemods load the TypeScript compiler, so only a plan that needs them does. */
async function wire(wiring: Wiring, text: string | undefined): Promise<WireResult> {
  if (wiring.kind === 'route') {
    const { wireRoutes } = await import('../wire/routes.ts');
    return wireRoutes(text, wiring);
  }
  const { wireTables } = await import('../wire/tables.ts');
  return wireTables(text, wiring);
}
