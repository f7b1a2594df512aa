import { commit } from '../../src/commit/commit.ts';
import { createProject } from '../../src/commit/create.ts';
import { CHANGES, CREATES } from './sample.ts';
import { watched } from './tree.ts';

// Ends itself, as hard as it can, at one operation of a commit: node victim.js <kind> <root> <n>
const [kind, root = '', at] = process.argv.slice(2);
const disk = watched((index, name) => {
  if (index !== Number(at)) return;
  process.kill(process.pid, 'SIGKILL');
  // Half of the file is on the disk when the signal arrives.
  if (name === 'writeFile') throw new Error('killed');
});
if (kind === 'commit') await commit(root, CHANGES, disk);
else await createProject(root, CREATES, disk);
