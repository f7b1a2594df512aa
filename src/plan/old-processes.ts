import type { Field } from '../manifest/field.ts';
import { fieldCommand } from '../manifest/field-command.ts';
import { formatField } from '../manifest/field-grammar.ts';
import type { Endpoint, Manifest } from '../manifest/manifest.ts';
import type { EndpointRename } from '../manifest/renames.ts';
import type { Risk } from '../stacks/stack.ts';

const answer500 =
  'Processes of the code before answer 500 from this migration on, until they are replaced.';

/** What becomes of processes that still run the code before, where a name or a table goes. */
export const breaksOld: Risk = { kind: 'breaks', message: answer500 };

/** The same of an endpoint that is renamed, and how to do without. */
export function breaksByRename({ from, to }: EndpointRename): Risk {
  const first = `add \`${to}\` beside it with \`gen endpoint\`, copy the rows, and write both`;
  return inTwoSteps(first, `\`gen remove endpoint ${from} --force\``);
}

/** The same of fields: of those that are renamed one by one, of those that go at once. */
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
    const why = `\`${plural}\` can have no second ref to \`${under}\` meanwhile, as it is under them`;
    return { kind: 'breaks', message: `${answer500} Stop them before it runs: ${why}.` };
  }
  const isOwner = field.type === 'ref' && field.owner === true;
  const added = formatField(to, mayBeEmpty(field));
  const add = fieldCommand({ kind: 'add', endpoint: plural, fields: [added] });
  const remove = fieldCommand({ kind: 'remove', endpoint: plural, names: [from] });
  const swap = `make \`${to}\` required and the \`owner\` in backend.json, take \`${from}\` out there, and \`gen apply --force\``;
  return inTwoSteps(
    `\`${add}\`, fill it, and write both`,
    isOwner ? swap : `\`${remove} --force\``,
  );
}

function inTwoSteps(first: string, last: string): Risk {
  const steps = `To avoid that, take two steps: ${first}; once all of them are replaced, ${last}.`;
  return { kind: 'breaks', message: `${answer500} ${steps}` };
}

/** Rows that are there have no value of a new field; a row has one owner, who is always there. */
function mayBeEmpty(field: Field): Field {
  if ('default' in field || field.optional) return field;
  if (field.type !== 'ref') return { ...field, optional: true };
  const { owner: _, ...rest } = field;
  return { ...rest, optional: true };
}
