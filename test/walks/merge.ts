import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { execa } from 'execa';
import { formatManifest } from '../../src/manifest/format-manifest.ts';
import { isObject } from '../../src/manifest/json.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { parseManifest } from '../../src/manifest/manifest.ts';
import { hasMarkers } from '../../src/manifest/markers.ts';
import { resourceNames } from '../../src/manifest/names.ts';
import { clashesOf } from '../../src/plan/migration-clashes.ts';
import { readProject } from '../../src/project/read-project.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import type { Command } from './commands.ts';
import { anyCommand } from './commands.ts';
import { makeProject, readManifest, runCommand } from './project.ts';
import type { Random } from './random.ts';
import { seeded } from './random.ts';
import type { Walk } from './walk.ts';
import type { WalkedStack } from './walked.ts';
import { keepState, sourcesOf, stackOf, walked } from './walked.ts';

/** Two branches with commands of their own, merged by git, and finished by `gen apply`. */
export async function mergeWalk(folder: string, seed: number, length: number): Promise<Walk> {
  const random = seeded(seed);
  const root = join(folder, 'now');
  const stack = stackOf(seed);
  const done: Walk = { seed, stack, story: [], states: [], lost: [], outcomes: [] };
  const auth = random.chance(50) ? 'jwt' : 'none';
  await makeProject(root, { stack, auth });
  done.story.push(`made with ${stack}`);
  let minute = 0;
  const renamed = new Set<string>();
  const grow = async (commands: number) => {
    for (let step = 0; step < commands; step += 1) {
      const command = growing(random, await readManifest(root));
      minute += 1;
      const clock = new Date(Date.UTC(2026, 0, 1, 0, minute, random.below(60)));
      const { status } = await runCommand(root, command, { hasMigrated: true, clock });
      done.story.push(`gen ${command.join(' ')} → ${status}`);
      const [, what, plural, field] = command;
      if (what === 'rename' && status === 'done') renamed.add(`${plural} field ${field}`);
    }
  };
  const git = (...args: string[]) => runGit(root, args);
  const save = async (name: string) => {
    await git('add', '--all');
    await git('commit', '--allow-empty', '-m', name);
    done.story.push(`committed ${name}`);
  };
  await grow(2);
  await git('init', '-b', 'main');
  await save('the base');
  await git('tag', 'base');
  await git('switch', '-c', 'left');
  await grow(length);
  await save('the left');
  await git('switch', 'main');
  await grow(length);
  await save('the right');
  await git('tag', 'right');
  done.story.push(await git('merge', 'left', '--no-edit'));
  await settle(root, git);
  await deleteDoubles({ root, stack }, done.story);
  const clock = new Date(Date.UTC(2026, 0, 1, 12));
  const apply = async (takesGenerated: boolean) => {
    const how = { hasMigrated: true, clock, takesGenerated };
    const outcome = await runCommand(root, ['apply', '--force'], how);
    done.story.push(`gen apply → ${outcome.status}${'why' in outcome ? `: ${outcome.why}` : ''}`);
    return outcome;
  };
  const disagreed = await disagreedFolders(git, renamed, stack);
  const first = await apply(false);
  const isHonest =
    first.status === 'conflict' &&
    first.paths.every((path) => disagreed.some((folder) => path.startsWith(folder)));
  const outcome = isHonest ? await apply(true) : first;
  done.outcomes.push(outcome.status);
  if (outcome.status !== 'done') return done;
  for (const path of await sourcesOf(root, stack)) {
    const text = await readFile(join(root, path), 'utf8');
    if (hasMarkers(text)) done.lost.push(`${path} has markers`);
  }
  const state = join(folder, 'merged');
  await keepState(root, state, stack);
  done.states.push(state);
  return done;
}

/** Files of an endpoint that only one branch took away are for people to look at. */
function growing(random: Random, manifest: Parameters<typeof anyCommand>[1]): Command {
  for (;;) {
    const command = anyCommand(random, manifest);
    const isRename = command[0] === 'endpoint' && command[1] === 'rename';
    if (command[0] !== 'undo' && command[0] !== 'remove' && !isRename) return command;
  }
}

async function runGit(cwd: string, args: string[]): Promise<string> {
  const person = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  const env = { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
  const { stdout } = await execa('git', [...person, ...args], { cwd, env, reject: false });
  return stdout;
}

type Git = (...args: string[]) => Promise<string>;

/**
 * The folders of the endpoints about which the branches disagree: both gave another value to the same
 * field, or to the same setting, and not the same one, or one renamed what the other took away. Only
 * there may a merge end in a conflict.
 */
async function disagreedFolders(
  git: Git,
  renamed: ReadonlySet<string>,
  stack: WalkedStack,
): Promise<string[]> {
  const [base, ours, theirs] = await Promise.all(
    ['base', 'right', 'left'].map(async (at) =>
      answersOf(JSON.parse(await git('show', `${at}:backend.json`))),
    ),
  );
  const names = [
    ...new Set([...(ours?.keys() ?? []), ...(theirs?.keys() ?? []), ...(base?.keys() ?? [])]),
  ];
  const disagreed = names.filter((name) => {
    const [was, one, other] = [base, ours, theirs].map((answers) => answers?.get(name));
    const isOneSided = isDeepStrictEqual(one, was) || isDeepStrictEqual(other, was);
    return !isOneSided && (!isDeepStrictEqual(one, other) || renamed.has(name));
  });
  return [
    ...new Set(
      disagreed.flatMap((name) =>
        walked[stack].filesOf(resourceNames(name.split(' ')[0] ?? '').path),
      ),
    ),
  ];
}

/** Each field and each setting of the endpoints of a manifest, by a name that says whose it is. */
function answersOf({ endpoints }: Manifest): Map<string, unknown> {
  const answers = new Map<string, unknown>();
  for (const [plural, { fields, ...settings }] of Object.entries(endpoints)) {
    for (const [name, field] of Object.entries(fields))
      answers.set(`${plural} field ${name}`, field);
    for (const [key, value] of Object.entries(settings)) answers.set(`${plural} ${key}`, value);
  }
  return answers;
}

/**
 * What a person makes of backend.json where git could not merge it, or merged it to what is none: all
 * that both branches did; ours, where they disagree.
 */
async function settle(root: string, git: Git): Promise<void> {
  if (await isManifest(root)) return;
  const [base, ours, theirs] = await Promise.all(
    ['base', 'right', 'left'].map(async (at) =>
      JSON.parse(await git('show', `${at}:backend.json`)),
    ),
  );
  const text = JSON.stringify(together(base, ours, theirs));
  const manifest = parseManifest(text, 'backend.json', stacks);
  await writeFile(join(root, 'backend.json'), formatManifest(manifest));
}

const isManifest = (root: string) =>
  readManifest(root).then(
    () => true,
    () => false,
  );

function together(base: unknown, ours: unknown, theirs: unknown): unknown {
  if (isDeepStrictEqual(ours, base)) return theirs;
  if (!isObject(ours) || !isObject(theirs) || 'type' in ours) return ours;
  const before = isObject(base) ? base : {};
  const names = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  const all = [...names].map((name) => [name, together(before[name], ours[name], theirs[name])]);
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

/** Of two migrations that make the same, one goes, as gen says. */
async function deleteDoubles(
  { root, stack }: { root: string; stack: WalkedStack },
  story: string[],
): Promise<void> {
  const files = readProject(root);
  const folder = walked[stack].stack.migrations;
  const all = files.list(folder).map((file) => ({
    name: file,
    statements: walked[stack].stack.statementsOf(files.read(`${folder}/${file}`) ?? ''),
  }));
  for (const { name, kind } of clashesOf(all)) {
    if (kind !== 'there') continue;
    await rm(join(root, folder, name));
    story.push(`deleted ${name}, which makes what is there`);
  }
}
