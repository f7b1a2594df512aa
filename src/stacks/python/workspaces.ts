import type { Members } from '../../manifest/rules.ts';
import { tableOf, textsIn } from './toml.ts';

/** The members of the workspace of uv whose root a folder is: what is excluded is none. */
export async function membersIn(read: (file: string) => string | undefined): Promise<Members[]> {
  const table = tableOf(read('pyproject.toml') ?? '', 'tool.uv.workspace');
  if (table === undefined) return [];
  const excluded = textsIn(table, 'exclude').map((glob) => `!${glob}`);
  return [{ manager: 'uv', globs: [...textsIn(table, 'members'), ...excluded] }];
}
