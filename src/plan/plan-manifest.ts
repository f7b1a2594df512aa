import { withoutBareAccounts } from '../manifest/accounts.ts';
import type { Change } from '../manifest/change.ts';
import { formatManifest } from '../manifest/format-manifest.ts';
import { readJson } from '../manifest/json.ts';
import { hasLeftAccounts } from '../manifest/left-accounts.ts';
import type { Side } from '../manifest/lock.ts';
import { formatLock, LOCK } from '../manifest/lock.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { parseManifest } from '../manifest/manifest.ts';
import type { Rules } from '../manifest/rules.ts';
import type { Stack } from '../stacks/stack.ts';
import { merge3 } from './merge3.ts';
import type { ProjectFiles } from './project-files.ts';

const path = 'backend.json';

type ManifestChange = { before: Manifest; after: Manifest; stack: Stack };

/**
 * The change of backend.json. Your formatting is kept if possible; edits that are not applied yet are
 * kept as they are.
 */
export function planManifest(
  { before, after, stack: { rules, syntaxOf } }: ManifestChange,
  files: ProjectFiles,
): Change[] {
  const yours = files.read(path);
  const generated = formatManifest(after);
  if (yours === undefined) return [{ kind: 'create', path, content: generated }];
  const base = formatManifest(before);
  if (yours === base) return update(path, yours, generated);
  if (isLeftOver(yours)) return update(path, yours, generated);
  if (isManifest(yours, after, rules) || !isManifest(yours, before, rules)) return [];
  const isRight = (text: string) => isManifest(text, after, rules);
  const merged = merge3({ base, yours, generated }, isRight, syntaxOf(path));
  const content = 'text' in merged && merged.status !== 'conflict' ? merged.text : generated;
  return update(path, yours, content);
}

/** backend.json in the form of this version, if it is in the form of an earlier one. */
export function planForm(applied: Manifest, { rules }: Stack, files: ProjectFiles): Change[] {
  const yours = files.read(path);
  if (yours === undefined) return [];
  const manifest = parseManifest(yours, path, { [applied.stack]: { rules } });
  // Earlier versions did not name the accounts.
  const forms = [manifest, withoutBareAccounts(manifest)];
  const isAsWritten = forms.some((form) => yours === formatManifest(form, 'as it is'));
  return isAsWritten ? update(path, yours, formatManifest(manifest)) : [];
}

/** The lock after the plan is committed. */
export function planLock(version: string, applied: Side, files: ProjectFiles): Change[] {
  const content = formatLock(version, applied);
  const yours = files.read(LOCK);
  if (yours === undefined) return [{ kind: 'create', path: LOCK, content }];
  return update(LOCK, yours, content);
}

function update(place: string, before: string, content: string): Change[] {
  return before === content ? [] : [{ kind: 'update', path: place, before, content }];
}

/** Whether it still names accounts that are gone. */
function isLeftOver(text: string): boolean {
  const json = readJson(text);
  return 'value' in json && hasLeftAccounts(json.value);
}

function isManifest(text: string, manifest: Manifest, rules: Rules): boolean {
  try {
    const parsed = parseManifest(text, path, { [manifest.stack]: { rules } });
    return formatManifest(parsed) === formatManifest(manifest);
  } catch {
    return false;
  }
}
