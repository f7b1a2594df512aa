import type { Change, Notice, WireResult } from '../spec/change.ts';
import type { Wiring } from '../stacks/stack.ts';
import type { ProjectFiles } from './project-files.ts';

/** The wirings that a change takes out, puts in, and gives other names. */
export type Rewiring = {
  renamed: readonly (readonly [before: Wiring, after: Wiring])[];
  gone: readonly Wiring[];
  added: readonly Wiring[];
};

/** The edits of shared files; a file that cannot be edited for sure becomes a `manual` notice. */
export async function planWiring(
  { renamed, gone, added }: Rewiring,
  files: ProjectFiles,
): Promise<{ changes: Change[]; notices: Notice[] }> {
  const edited = new Map<string, string>();
  const notices: Notice[] = [];
  const edit = async (
    wiring: Wiring,
    codemod: (wiring: Wiring, text: string | undefined) => Promise<WireResult>,
  ) => {
    const { path } = wiring;
    const result = await codemod(wiring, edited.get(path) ?? files.read(path));
    if (result.status === 'wired') edited.set(path, result.text);
    else if (result.status === 'already') notices.push({ kind: 'same', path });
    else notices.push({ kind: 'manual', path, message: result.reason, snippet: result.snippet });
  };
  for (const [before, after] of renamed) {
    const { path } = after;
    const result = await rename(before, after, edited.get(path) ?? files.read(path));
    if (result.status === 'wired') edited.set(path, result.text);
    else if (result.status === 'already') notices.push(...(await reviewWiring([after], files)));
    else notices.push({ kind: 'manual', path, message: result.reason, snippet: result.snippet });
  }
  for (const wiring of gone) await edit(wiring, unwire);
  for (const wiring of added) await edit(wiring, wire);
  const changes = [...edited].flatMap(([path, content]): Change[] => {
    const before = files.read(path);
    return before === undefined || before === content
      ? []
      : [{ kind: 'update', path, before, content }];
  });
  return { changes, notices: notices.filter((notice) => isNews(notice, edited)) };
}

/** That one endpoint was wired before is no news of a file that changes for another. */
const isNews = ({ kind, path }: Notice, edited: ReadonlyMap<string, string>) =>
  kind !== 'same' || !edited.has(path);

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
export async function wire(wiring: Wiring, text: string | undefined): Promise<WireResult> {
  if (wiring.kind === 'route') {
    const { wireRoutes } = await import('../wire/routes.ts');
    return wireRoutes(text, wiring);
  }
  const { wireTables } = await import('../wire/tables.ts');
  return wireTables(text, wiring);
}

async function rename(
  before: Wiring,
  after: Wiring,
  text: string | undefined,
): Promise<WireResult> {
  const { renameRoutes, renameTable } = await import('../wire/rename.ts');
  return before.kind === 'table' && after.kind === 'table'
    ? renameTable(text, before, after)
    : renameRoutes(text, before, after);
}

async function unwire(wiring: Wiring, text: string | undefined): Promise<WireResult> {
  if (wiring.kind === 'route') {
    const { unwireRoutes } = await import('../wire/unwire-routes.ts');
    return unwireRoutes(text, wiring);
  }
  const { unwireTables } = await import('../wire/unwire-tables.ts');
  return unwireTables(text, wiring);
}
