import { LOCK } from '../manifest/lock.ts';
import { gitEnvironment } from './environment.ts';

/**
 * The locks of both branches of an unfinished merge in git: ours, and theirs. Undefined if there is
 * no merge, or no git.
 */
export async function readMergedLocks(root: string): Promise<[string, string] | undefined> {
  const { execa } = await import('execa');
  const show = async (commit: string) => {
    const { failed, stdout } = await execa('git', ['show', `${commit}:./${LOCK}`], {
      cwd: root,
      env: gitEnvironment(),
      stripFinalNewline: false,
      stdin: 'ignore',
      reject: false,
    });
    return failed ? undefined : stdout;
  };
  const theirs = await show('MERGE_HEAD');
  const ours = theirs === undefined ? undefined : await show('HEAD');
  return ours === undefined || theirs === undefined ? undefined : [ours, theirs];
}
