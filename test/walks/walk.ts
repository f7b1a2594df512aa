import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from './commands.ts';
import { anyCommand } from './commands.ts';
import { anyMade, told } from './made.ts';
import type { Outcome } from './project.ts';
import { makeProject, readManifest, removeFile, runCommand } from './project.ts';
import type { Random } from './random.ts';
import { seeded } from './random.ts';
import type { WalkedStack } from './walked.ts';
import { keepState, sourcesOf, stackOf, walked } from './walked.ts';

export type Walk = {
  seed: number;
  stack: WalkedStack;
  /** What was done, one line each, to read when it went wrong. */
  story: string[];
  /** The folders that hold the project after each command. */
  states: string[];
  /** The texts of people that a command lost. */
  lost: string[];
  outcomes: Outcome['status'][];
};

/** Commands and edits of people in a random order; a copy of the project is kept after each command. */
export async function walk(folder: string, seed: number, length: number): Promise<Walk> {
  const random = seeded(seed);
  const root = join(folder, 'now');
  const markers = new Map<string, string>();
  const stack = stackOf(seed);
  const done: Walk = { seed, stack, story: [], states: [], lost: [], outcomes: [] };
  const made = anyMade(random, stack);
  await makeProject(root, made);
  done.story.push(`made with ${told(made)}`);
  for (let step = 0; step < length; step += 1) {
    for (let edit = random.below(4); edit > 0; edit -= 1) {
      done.story.push(
        await editFile({ root, stack }, random, `mark ${seed}-${step}-${edit}`, markers),
      );
    }
    const command = anyCommand(random, await readManifest(root));
    const clock = new Date(Date.UTC(2026, 0, 1, 0, 0, step));
    const outcome = await runCommand(root, command, { hasMigrated: random.chance(50), clock });
    done.outcomes.push(outcome.status);
    done.story.push(tell(command, outcome));
    await cleanUp(root, outcome, markers, done.story);
    followMoves(outcome, markers);
    const lost = await lostMarkers(root, markers);
    done.lost.push(...lost.map((marker) => `${marker}, after gen ${command.join(' ')}`));
    if (outcome.status !== 'done') continue;
    const state = join(folder, `step-${step}`);
    await keepState(root, state, stack);
    done.states.push(state);
  }
  return done;
}

function tell(command: Command, outcome: Outcome): string {
  const why = outcome.status === 'done' ? '' : `: ${outcome.why}`;
  return `gen ${command.join(' ')} → ${outcome.status}${why}`;
}

/** Whoever removes an endpoint then deletes the edited files that stayed, as he was told to. */
async function cleanUp(
  root: string,
  outcome: Outcome,
  markers: Map<string, string>,
  story: string[],
): Promise<void> {
  if (outcome.status !== 'done') return;
  for (const notice of outcome.plan.notices) {
    if (notice.kind !== 'kept' || !notice.message.includes('delete it')) continue;
    const text = await readFile(join(root, notice.path), 'utf8');
    for (const marker of markers.keys()) if (text.includes(marker)) markers.delete(marker);
    await removeFile(root, notice.path);
    story.push(`deleted ${notice.path}, which was kept`);
  }
}

/** Where an endpoint is renamed, or that is taken back, the edits go with the files. */
function followMoves(outcome: Outcome, markers: Map<string, string>): void {
  if (outcome.status !== 'done') return;
  const { changes } = outcome.plan;
  const gone = new Set(changes.flatMap(({ kind, path }) => (kind === 'delete' ? [path] : [])));
  for (const [marker, path] of markers) {
    const next = changes.find(
      (change) => change.kind === 'create' && String(change.content).includes(marker),
    );
    if (gone.has(path) && next !== undefined) markers.set(marker, next.path);
  }
}

async function editFile(
  { root, stack }: { root: string; stack: WalkedStack },
  random: Random,
  marker: string,
  markers: Map<string, string>,
): Promise<string> {
  const { edited, shared, edit } = walked[stack];
  const modules = (await sourcesOf(root, stack)).filter((path) =>
    edited.some((folder) => path.startsWith(folder)),
  );
  const path = random.pick(random.chance(85) && modules.length > 0 ? modules : shared);
  const before = await readFile(join(root, path), 'utf8');
  const { text, markers: added } = edit(random, before, marker);
  await writeFile(join(root, path), text);
  for (const each of added) markers.set(each, path);
  // What a person takes out himself is not lost.
  for (const each of markers.keys()) {
    if (before.includes(each) && !text.includes(each)) markers.delete(each);
  }
  return `edited ${path}: ${added.length > 0 ? marker : 'without a marker'}`;
}

async function lostMarkers(root: string, markers: Map<string, string>): Promise<string[]> {
  const lost: string[] = [];
  for (const [marker, path] of markers) {
    const text = await readFile(join(root, path), 'utf8').catch(() => '');
    if (!text.includes(marker)) {
      lost.push(`${marker} of ${path}`);
      markers.delete(marker);
    }
  }
  return lost;
}
