import { nodeDisk } from '../../src/commit/disk.ts';
import { endJournal, type Lock, lock, sweep, takeOver } from '../../src/commit/lock.ts';
import { contend } from './contend.ts';

const end = (root: string, own: Lock) => async () => {
  await endJournal(nodeDisk, root, own, 'undone');
  await sweep(nodeDisk, root);
};

await contend({
  lock: async (root) => end(root, await lock(nodeDisk, root)),
  take: async (root) => {
    const own = await takeOver(nodeDisk, root);
    if (own === undefined) throw new Error('nothing to take over');
    return end(root, own);
  },
});
