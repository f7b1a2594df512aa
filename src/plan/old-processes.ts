import type { Field } from '../manifest/field.ts';
import { formatField } from '../manifest/field-grammar.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { EndpointRename } from '../manifest/renames.ts';
import type { Risk } from '../stacks/stack.ts';

const answer500 =
  'Processes of the code before answer 500 from this migration on, until they are replaced.';

/** What becomes of processes that still run the code before, where a name or a table goes. */
export const breaksOld: Risk = { kind: 'breaks', message: answer500 };

/** The same of an endpoint that is renamed, and how to do without. */
export function breaksByRename({ from, to }: EndpointRename): Risk {
  const first = `add \`${to}\` beside it with \`gen endpoint\`, copy the rows, and write both`;
  return inTwoSteps(first, `gen remove endpoint ${from} --force`);
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
  const renamed = [...renames].map(([from, to]) => {
    const added = next[to] && formatField(to, mayBeEmpty(next[to]));
    const first = `\`gen field add ${plural} ${added ?? to}\`, fill it, and write both`;
    return inTwoSteps(first, `gen field remove ${plural} ${from} --force`);
  });
  const isGone = (name: string) => !renames.has(name) && !Object.hasOwn(next, name);
  return [...renamed, ...(fields.some(isGone) ? [breaksOld] : [])];
}

function inTwoSteps(first: string, last: string): Risk {
  const steps = `To avoid that, take two steps: ${first}; once all of them are replaced, \`${last}\`.`;
  return { kind: 'breaks', message: `${answer500} ${steps}` };
}

/** Rows that are there have no value of a new field. */
function mayBeEmpty(field: Field): Field {
  return 'default' in field || field.optional ? field : { ...field, optional: true };
}
