import type { Field } from '../manifest/field.ts';
import { fieldCommand } from '../manifest/field-command.ts';
import { formatField } from '../manifest/field-grammar.ts';
import type { Endpoint, Manifest } from '../manifest/manifest.ts';
import type { EndpointRename } from '../manifest/renames.ts';
import type { Risk } from '../stacks/stack.ts';

const answer500 =
  'Processes that still run the old code answer 500 after this migration, until they are replaced.';

/** The effect of a removed name or table on processes that still run the old code. */
export const breaksOld: Risk = { kind: 'breaks', message: answer500 };

/** The same for a renamed endpoint, and how to avoid it. */
export function breaksByRename({ from, to }: EndpointRename): Risk {
  const first = `add \`${to}\` with \`gen endpoint\`, copy the rows, and write to both`;
  return inTwoSteps(first, `\`gen remove endpoint ${from} --force\``);
}

/** The same for fields: one risk for each renamed field, and one for all removed fields. */
export function breaksByFields(
  before: Manifest,
  after: Manifest,
  plural: string,
  renames: ReadonlyMap<string, string>,
): Risk[] {
  const next = after.endpoints[plural]?.fields ?? {};
  const fields = Object.keys(before.endpoints[plural]?.fields ?? {});
  const endpoint = after.endpoints[plural];
  const renamed = [...renames].flatMap(([from, to]) =>
    endpoint ? [breaksByField(plural, endpoint, { from, to })] : [],
  );
  const isGone = (name: string) => !renames.has(name) && !Object.hasOwn(next, name);
  return [...renamed, ...(fields.some(isGone) ? [breaksOld] : [])];
}
function breaksByField(
  plural: string,
  { fields, under }: Endpoint,
  { from, to }: { from: string; to: string },
): Risk {
  const { [to]: field } = fields;
  if (field === undefined) return breaksOld;
  if (field.type === 'ref' && field.to === under) {
    const why = `\`${plural}\` is under \`${under}\` and cannot have a second ref to it`;
    return { kind: 'breaks', message: `${answer500} Stop them before it runs: ${why}.` };
  }
  const isOwner = field.type === 'ref' && field.owner === true;
  const added = formatField(to, mayBeEmpty(field));
  const add = fieldCommand({ kind: 'add', endpoint: plural, fields: [added] });
  const remove = fieldCommand({ kind: 'remove', endpoint: plural, names: [from] });
  const swap = `edit backend.json so that \`${to}\` is required and the \`owner\`, without \`${from}\`, and run \`gen apply --force\``;
  return inTwoSteps(
    `\`${add}\`, fill it, and write to both`,
    isOwner ? swap : `\`${remove} --force\``,
  );
}

function inTwoSteps(first: string, last: string): Risk {
  const steps = `To avoid that, take two steps: ${first}; after all processes are replaced, ${last}.`;
  return { kind: 'breaks', message: `${answer500} ${steps}` };
}

/** Existing rows have no value for a new field; the owner of a row is always set, and only one. */
function mayBeEmpty(field: Field): Field {
  if ('default' in field || field.optional) return field;
  if (field.type !== 'ref') return { ...field, optional: true };
  const { owner: _, ...rest } = field;
  return { ...rest, optional: true };
}
