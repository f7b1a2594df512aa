import { basename } from 'node:path';
import { confirm, select } from '@inquirer/prompts';
import type { Plan } from '../manifest/change.ts';
import { hasMarkers } from '../manifest/markers.ts';
import type { Conflict, Settlement } from '../plan/settle.ts';
import { conflictsOf, settle } from '../plan/settle.ts';
import { editText } from '../steps/edit-text.ts';
import { out } from './colors.ts';
import { planDiff } from './report-plan.ts';

type Choice = 'yours' | 'generated' | 'markers' | 'diff' | 'editor' | 'leave';

const choices: { value: Choice; name: string }[] = [
  { value: 'yours', name: 'yours: keep your file, without the generated changes' },
  { value: 'generated', name: 'generated: replace your file, your edits are lost' },
  { value: 'markers', name: 'markers: write both versions between conflict markers' },
  { value: 'diff', name: 'diff: show the difference, then ask again' },
  { value: 'editor', name: 'editor: resolve the conflicts in your editor' },
  { value: 'leave', name: 'leave: stop without writing anything' },
];

const say = (text: string) => process.stdout.write(`${text}\n`);

/** Asks about each file with a merge conflict; if one is left open, the plan stays as it is. */
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
  let draft = conflict.snippet;
  for (;;) {
    const choice = await askChoice(conflict);
    switch (choice) {
      case 'leave':
        return undefined;
      case 'diff':
        await showDiff(conflict);
        break;
      case 'generated':
        await showDiff(conflict);
        if (await confirmLoss(conflict)) return { kind: choice };
        break;
      case 'editor': {
        const edited = await editText(draft, basename(conflict.path));
        if (edited.status === 'saved' && !hasMarkers(edited.text)) {
          return { kind: 'edited', text: edited.text };
        }
        if (edited.status === 'saved') draft = edited.text;
        say(
          out.red(edited.status === 'saved' ? LEFT : `Your text was not used: ${edited.reason}.`),
        );
        break;
      }
      default:
        return { kind: choice };
    }
  }
}

function askChoice({ path, message }: Conflict): Promise<Choice> {
  return select<Choice>({
    message: `${path}: ${message}`,
    choices,
    pageSize: choices.length,
    loop: false,
    default: 'leave',
  });
}

/** The diff was shown before; an empty answer loses nothing. */
function confirmLoss({ path }: Conflict): Promise<boolean> {
  return confirm({ message: `Replace ${path}? The lines marked with - are lost.`, default: false });
}

async function showDiff({ path, yours, generated }: Conflict): Promise<void> {
  const change = { kind: 'update' as const, path, before: yours, content: generated };
  say(`\n${await planDiff({ changes: [change], steps: [], notices: [] }, out)}`);
}

const LEFT = 'The file still has conflict markers.';
