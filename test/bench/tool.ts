import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measure, table } from './measure.ts';
import { makeProject } from './project-of.ts';

const bins = fileURLToPath(new URL('../../bin', import.meta.url));
const rounds = Number(process.env.ROUNDS ?? 15);
const folder = mkdtempSync(join(tmpdir(), 'create-backend-bench-'));
const goals: Record<string, number> = { 'create-backend --help': 1.4, 'gen endpoint': 8 };

try {
  console.log(`node ${process.version}, medians of ${rounds} runs, ratios to bare node\n`);
  const sizes = [1, 100, 1000];
  for (const size of sizes) {
    const root = join(folder, `of-${size}`);
    makeProject(root, bins, size);
    cpSync(root, `${root}-kept`, { recursive: true });
  }

  const bare = { name: 'node -e 0', args: ['-e', '0'] };
  const target = join(folder, 'x');
  const rows = measure(
    [
      bare,
      { name: 'create-backend --help', args: [join(bins, 'create-backend.js'), '--help'] },
      { name: 'gen --help', args: [join(bins, 'gen.js'), '--help'] },
      {
        name: 'create-backend x --yes --no-install',
        args: [join(bins, 'create-backend.js'), target, '--yes', '--no-install', '--no-git'],
        prepare: () => rmSync(target, { recursive: true, force: true }),
      },
      generate('gen endpoint', join(folder, 'of-1')),
    ],
    rounds,
  );
  console.log(table(rows.map((row) => ({ ...row, goal: goals[row.name] }))));

  const growth = measure(
    sizes.map((size) => generate(`gen endpoint beside ${size}`, join(folder, `of-${size}`))),
    rounds,
  );
  console.log(
    `\nratios to a project of one endpoint\n\n${table(growth.map((row) => withGoal(row, 1.5)))}`,
  );
} finally {
  rmSync(folder, { recursive: true });
}

/** Adds an endpoint to a fresh copy of what the command changes. */
function generate(name: string, root: string) {
  const kept = `${root}-kept`;
  const fields = ['title:string:max=120:search', 'body:text', 'price:decimal:min=0:filter:sort'];
  return {
    name,
    args: [join(bins, 'gen.js'), 'endpoint', 'posts', ...fields],
    cwd: root,
    prepare: () => {
      rmSync(join(root, 'src/modules/posts'), { recursive: true, force: true });
      for (const part of ['backend.json', 'src/routes.ts', 'src/db']) {
        rmSync(join(root, part), { recursive: true });
        cpSync(join(kept, part), join(root, part), { recursive: true });
      }
    },
  };
}

function withGoal<T extends { name: string }>(row: T, goal: number): T & { goal: number } {
  return { ...row, goal };
}
