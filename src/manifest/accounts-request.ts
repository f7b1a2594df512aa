import { builtInsOf, isAccounts } from './accounts.ts';
import type { EndpointRequest } from './endpoint-args.ts';
import { requestFlags } from './endpoint-settings.ts';
import { UserError } from './errors.ts';
import { parseFieldChange } from './field-change.ts';
import { fieldCommand } from './field-command.ts';
import { findOwn, ownNames } from './find-own.ts';
import type { Manifest } from './manifest.ts';
import type { ResourceNames } from './names.ts';
import { findEndpoint } from './names.ts';
import type { Rules } from './rules.ts';

/** What becomes of a request for the endpoint that the accounts are. */
type Grown = {
  names: ResourceNames;
  after: Manifest;
  command: string;
  /** What was done, and what is told where nothing was to be done. */
  done: string;
  nothing: string;
};

/** Whether a request is for the accounts, which are there already. */
export function asksForAccounts(name: string | undefined, manifest: Manifest): boolean {
  const names = name === undefined ? undefined : findEndpoint(name, ownNames(manifest));
  return names !== undefined && isAccounts(manifest, names.plural);
}

/** Adds the fields that the accounts do not have yet. Throws a UserError with what does not fit. */
export function growAccounts(request: EndpointRequest, manifest: Manifest, rules: Rules): Grown {
  const names = findOwn(request.name, manifest, () => 'gen endpoint --help');
  const { plural } = names;
  const example = {
    kind: 'add',
    endpoint: plural,
    fields: ['displayName:string:optional'],
  } as const;
  const settings = requestFlags.filter((flag) => request[flag] !== undefined);
  if (settings.length > 0) {
    const found = `\`${plural}\` is there already, and its settings are in backend.json.`;
    const expected = `Expected fields only, without ${settings.join(', ')}.`;
    throw new UserError([{ found, expected }], fieldCommand(example));
  }
  const builtIns = builtInsOf(manifest, plural);
  const isThere = (text: string) => {
    const [name = '', type] = text.split(':');
    if (name === 'password') return true;
    const builtIn = Object.hasOwn(builtIns, name) ? builtIns[name] : undefined;
    return builtIn !== undefined && (type === undefined || type === builtIn.type);
  };
  const there = request.fields.filter(isThere).map((text) => text.replace(/:.*/, ''));
  const fields = request.fields.filter((text) => !isThere(text));
  const change = { kind: 'add', endpoint: plural, fields } as const;
  const after = fields.length === 0 ? manifest : parseFieldChange(change, manifest, rules).after;
  const all = Object.keys(after.endpoints[plural]?.fields ?? {}).join(', ');
  const told = there.length === 0 ? '' : ` ${listed(there)} came with the accounts.`;
  const more = `gen field add ${plural} <name>:<type>:optional`;
  const nothing = `${plural} are the accounts of this backend, with ${all}. \`${more}\` adds a field.`;
  if (fields.length === 0) {
    return { names, after, command: `gen endpoint ${plural}`, done: nothing, nothing };
  }
  const done = `Added ${fields.join(' ')} to ${plural}.${told}`;
  return { names, after, command: fieldCommand(change), done, nothing };
}

const listed = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(' and ');
