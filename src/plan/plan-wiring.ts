import type { Change, Notice, WireResult } from '../manifest/change.ts';
import type { Renaming, Wiring } from '../stacks/stack.ts';
import type { ProjectFiles } from './project-files.ts';

/** The wirings that a change renames, removes and adds. */
export type Rewiring = {
  renamed: readonly Renaming[];
  gone: readonly Wiring[];
  added: readonly Wiring[];
};

/** The edits of shared files; a file that cannot be edited with certainty gets a `manual` notice. */
export async function planWiring(
  { renamed, gone, added }: Rewiring,
  files: ProjectFiles,
): Promise<{ changes: Change[]; notices: Notice[] }> {
  const edited = new Map<string, string>();
  const notices: Notice[] = [];
  const change = async (
    edit: 'paste' | 'delete' | 'replace',
    { path, name }: Wiring,
    codemod: (text: string | undefined) => Promise<WireResult>,
    already: () => Notice[] | Promise<Notice[]> = () => [{ kind: 'same', path }],
  ) => {
    const result = await codemod(edited.get(path) ?? files.read(path));
    if (result.status === 'wired') edited.set(path, result.text);
    else if (result.status === 'already') notices.push(...(await already()));
    else {
      const { reason: message, snippet } = result;
      notices.push({ kind: 'manual', path, message, snippet, edit, name });
    }
  };
  for (const { after, rename } of renamed) {
    await change('replace', after, rename, () => reviewWiring([after], files));
  }
  for (const wiring of gone) await change('delete', wiring, wiring.unwire);
  for (const wiring of added) await change('paste', wiring, wiring.wire);
  const changes = [...edited].flatMap(([path, content]): Change[] => {
    const before = files.read(path);
    return before === undefined || before === content
      ? []
      : [{ kind: 'update', path, before, content }];
  });
  return { changes, notices: notices.filter((notice) => isNews(notice, edited)) };
}

/** `same` for one endpoint is left out if the file changes for another. */
const isNews = ({ kind, path }: Notice, edited: ReadonlyMap<string, string>) =>
  kind !== 'same' || !edited.has(path);

/** Whether shared files still have the wiring of an endpoint: if it was removed, that is kept. */
export async function reviewWiring(
  wirings: readonly Wiring[],
  files: ProjectFiles,
): Promise<Notice[]> {
  return Promise.all(
    wirings.map(async ({ path, name, wire }): Promise<Notice> => {
      const { status } = await wire(files.read(path));
      if (status === 'already') return { kind: 'same', path };
      const message = `it does not contain ${name}, and is not changed`;
      return { kind: 'kept', path, message };
    }),
  );
}
