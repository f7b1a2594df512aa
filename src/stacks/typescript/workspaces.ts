import * as z from 'zod';
import { readJson } from '../../manifest/json.ts';
import type { Members } from '../../manifest/rules.ts';

const globs = z.array(z.string());
const packageSchema = z.object({
  workspaces: z.union([globs, z.object({ packages: globs }).transform((each) => each.packages)]),
  packageManager: z.string().optional().catch(undefined),
});
type Package = z.infer<typeof packageSchema>;

type Read = (file: string) => string | undefined;

/** The members of the workspace whose root a folder is, and their package manager. */
export async function membersIn(read: Read): Promise<Members[]> {
  const pnpm = read('pnpm-workspace.yaml');
  const others = readPackage(read('package.json'));
  // The parser is loaded only if there is such a file.
  const ofPnpm = pnpm && (await import('./workspace-globs.ts')).globsOf(pnpm);
  return [
    ...(ofPnpm ? [{ manager: 'pnpm', globs: ofPnpm }] : []),
    ...(others ? [{ manager: managerOf(read, others), globs: others.workspaces }] : []),
  ];
}

function readPackage(text = ''): Package | undefined {
  const json = readJson(text);
  return packageSchema.safeParse('value' in json ? json.value : undefined).data;
}

function managerOf(read: Read, { packageManager = '' }: Package): string {
  const [named] = packageManager.split('@');
  if (named === 'yarn' || named === 'bun') return named;
  if (named === '' && read('yarn.lock') !== undefined) return 'yarn';
  const isBun = ['bun.lock', 'bun.lockb'].some((file) => read(file) !== undefined);
  return named === '' && isBun ? 'bun' : 'npm';
}
