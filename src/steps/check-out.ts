import { mkdir } from 'node:fs/promises';
import { gitEnvironment } from './environment.ts';

/** What became of a checkout; `missing` says what there was not. */
export type CheckedOut =
  | { status: 'done'; commit: string }
  | { status: 'missing'; what: 'git' | 'repository' | 'folder' }
  | { status: 'missing'; what: 'revision'; isShallow: boolean; remotes: readonly string[] };

/**
 * Writes the files that a folder had in a revision of its repository to `target`, with an `index` of
 * its own: the work tree, the index and the settings of the repository stay as they are.
 */
export async function checkOut(
  folder: string,
  revision: string,
  { target, index }: { target: string; index: string },
  signal: AbortSignal,
): Promise<CheckedOut> {
  const { execa } = await import('execa');
  const git = async (args: readonly string[], env: Record<string, string> = {}) => {
    const result = await execa('git', args, {
      cwd: folder,
      env: { ...gitEnvironment(), ...env },
      stdin: 'ignore',
      reject: false,
      cancelSignal: signal,
    });
    signal.throwIfAborted();
    return result;
  };
  const repository = await git(['rev-parse', '--absolute-git-dir']);
  if (repository.code === 'ENOENT') return { status: 'missing', what: 'git' };
  if (repository.failed) return { status: 'missing', what: 'repository' };
  const found = await git([
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{commit}`,
  ]);
  if (found.failed) {
    const shallow = await git(['rev-parse', '--is-shallow-repository']);
    const remotes = (await git(['remote'])).stdout.split('\n');
    return { status: 'missing', what: 'revision', isShallow: shallow.stdout === 'true', remotes };
  }
  const commit = found.stdout;
  const { stdout: prefix } = await git(['rev-parse', '--show-prefix']);
  await mkdir(target, { recursive: true });
  const env = { GIT_DIR: repository.stdout, GIT_WORK_TREE: target, GIT_INDEX_FILE: index };
  const read = await git(['read-tree', `${commit}:${prefix}`], env);
  if (read.failed) return { status: 'missing', what: 'folder' };
  await git(['checkout-index', '--all'], env);
  return { status: 'done', commit };
}
