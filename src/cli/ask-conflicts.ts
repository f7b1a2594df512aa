import { editor, select } from '@inquirer/prompts';
import type { Conflict, Settlement } from '../plan/settle.ts';
import { conflictsOf, settle } from '../plan/settle.ts';
import type { Plan } from '../spec/change.ts';
import { out } from './colors.ts';
import { planDiff } from './report-plan.ts';

type Choice = 'yours' | 'generated' | 'markers' | 'diff' | 'editor' | 'leave';

const choices: { value: Choice; name: string }[] = [
  { value: 'yours', name: 'yours: keep the file as it is' },
  { value: 'generated', name: 'generated: replace it, your edits of this file are lost' },
  { value: 'markers', name: 'markers: merge, both versions where they meet' },
  { value: 'diff', name: 'diff: show what would change, then ask again' },
  { value: 'editor', name: 'editor: settle it now, in your editor' },
  { value: 'leave', name: 'leave: stop here, nothing is written' },
];

/** Asks for each file in which edits meet; whoever leaves one open leaves the plan unwritten. */
export async function askConflicts(plan: Plan): Promise<Plan> {
  const settled = new Map<string, Settlement>();
  for (const conflict of conflictsOf(plan)) {
    const settlement = await askOne(conflict);
    if (settlement === undefined) return plan;
    settled.set(conflict.path, settlement);
  }
  return settle(plan, ({ path }) => settled.get(path));
}

async function askOne(conflict: Conflict): Promise<Settlement | undefined> {
  const { path, message, snippet } = conflict;
  for (;;) {
    const choice = await select<Choice>({
      message: `${path}: ${message}`,
      choices,
      pageSize: choices.length,
      loop: false,
      default: 'leave',
    });
    if (choice === 'leave') return undefined;
    if (choice === 'diff') await showDiff(conflict);
    else if (choice !== 'editor') return { kind: choice };
    else return { kind: 'edited', text: await askEditor(path, snippet) };
  }
}

async function showDiff({ path, yours, generated }: Conflict): Promise<void> {
  const change = { kind: 'update' as const, path, before: yours, content: generated };
  process.stdout.write(`\n${await planDiff({ changes: [change], steps: [], notices: [] }, out)}\n`);
}

function askEditor(path: string, snippet: string): Promise<string> {
  return editor({
    message: `Settle ${path}`,
    default: snippet,
    postfix: path.slice(path.lastIndexOf('.')),
    waitForUserInput: false,
    validate: (text) =>
      !/^(<{7}|={7}|>{7})( |$)/m.test(text) || 'There are conflict markers in it still.',
  });
}
