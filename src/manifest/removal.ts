import { refuseAccounts } from './accounts.ts';
import { refsTo } from './endpoint-rules.ts';
import type { Problem } from './errors.ts';
import { UserError } from './errors.ts';
import { parseFieldChange } from './field-change.ts';
import { fieldCommand } from './field-command.ts';
import { findOwn } from './find-own.ts';
import { withoutFrozen } from './freeze.ts';
import type { Manifest } from './manifest.ts';
import type { ResourceNames } from './names.ts';
import type { Rules } from './rules.ts';

/** The manifest without an endpoint; throws a UserError if another one refers to it. */
export function parseRemoval(
  typed: string,
  manifest: Manifest,
  rules: Rules,
): { names: ResourceNames; after: Manifest } {
  const names = findOwn(typed, manifest, (meant = '--help') => `gen remove endpoint ${meant}`);
  refuseAccounts(manifest, names.plural, 'removed');
  const problems = referringTo(names.plural, manifest).flatMap(({ plural, fields }) =>
    fields.map(
      (field): Problem => ({
        found: `\`${field}\` of \`${plural}\` refers to \`${names.plural}\`.`,
        expected: 'Expected no more references to it.',
      }),
    ),
  );
  if (problems.length > 0) {
    const commands = removalOf(names.plural, manifest, { rules, around: new Set() })?.commands;
    throw new UserError(problems, commands?.join(' && ') ?? 'gen remove endpoint --help');
  }
  return { names, after: without(names.plural, manifest) };
}

type Referring = { plural: string; fields: string[] };

/** The other endpoints that refer to one, each with the fields that do. */
function referringTo(to: string, manifest: Manifest): Referring[] {
  return Object.entries(without(to, manifest).endpoints)
    .map(([plural, endpoint]) => ({ plural, fields: refsTo(to, endpoint) }))
    .filter(({ fields }) => fields.length > 0);
}

function without(plural: string, manifest: Manifest): Manifest {
  const { [plural]: _gone, ...endpoints } = manifest.endpoints;
  return withoutFrozen({ ...manifest, endpoints }, plural);
}

type Within = { rules: Rules; around: ReadonlySet<string> };
type Way = { commands: string[]; after: Manifest };

/**
 * The commands that remove an endpoint, after everything that refers to it: the field if the rest is
 * valid without it, or else the whole endpoint. Undefined if they refer to each other in a circle.
 */
function removalOf(plural: string, manifest: Manifest, { rules, around }: Within): Way | undefined {
  if (around.has(plural)) return undefined;
  const commands: string[] = [];
  let after = manifest;
  for (const each of referringTo(plural, manifest)) {
    // An earlier step may have removed this endpoint.
    if (!Object.hasOwn(after.endpoints, each.plural)) continue;
    const way =
      fieldRemoval(each, after, rules) ??
      removalOf(each.plural, after, { rules, around: new Set([...around, plural]) });
    if (way === undefined) return undefined;
    commands.push(...way.commands);
    after = way.after;
  }
  commands.push(`gen remove endpoint ${plural} --force`);
  return { commands, after: without(plural, after) };
}

function fieldRemoval(
  { plural, fields }: Referring,
  manifest: Manifest,
  rules: Rules,
): Way | undefined {
  const request = { kind: 'remove', endpoint: plural, names: fields } as const;
  try {
    const { after } = parseFieldChange(request, manifest, rules);
    return { commands: [`${fieldCommand(request)} --force`], after };
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
