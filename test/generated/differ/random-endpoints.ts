import { parseEndpoint } from '../../../src/manifest/endpoint.ts';
import type { EndpointRequest } from '../../../src/manifest/endpoint-args.ts';
import { UserError } from '../../../src/manifest/errors.ts';
import { addEndpoint, type Manifest } from '../../../src/manifest/manifest.ts';
import { knownRoles } from '../../../src/manifest/roles.ts';
import { type FieldType, fieldTypes, typeRow } from '../../../src/manifest/type-table.ts';
import { stacks } from '../../../src/stacks/stacks.ts';
import { words } from '../../walks/commands.ts';
import type { Random } from '../../walks/random.ts';

const nouns = ['authors', 'books', 'orders', 'products', 'rooms', 'trips', 'notes', 'categories'];
const operations = ['list', 'get', 'create', 'replace', 'update', 'delete'];
const flags = ['list', 'optional', 'unique', 'index', 'search', 'filter', 'sort'] as const;

/** Bounds and a default that a value of each kind of type may have. */
const bounds = {
  length: ['min=2', 'max=40'],
  number: ['min=1', 'max=1000'],
  value: ['min=08:00', 'max=18:00'],
  none: [],
};

/** Endpoints that refer to each other, nested and not, of any types. All stacks take them. */
export function anyEndpoints(random: Random, empty: Manifest): EndpointRequest[] {
  const requests: EndpointRequest[] = [];
  let manifest = empty;
  const count = 3 + random.below(3);
  for (let tries = 0; requests.length < count && tries < 200; tries += 1) {
    const request = anyEndpoint(random, manifest);
    const grown = takenBy(manifest, request);
    if (grown === undefined) continue;
    manifest = grown;
    requests.push(request);
  }
  return requests;
}

/** The manifest with the endpoint; undefined if a stack refuses it, as of fields that do not fit. */
function takenBy(manifest: Manifest, request: EndpointRequest): Manifest | undefined {
  try {
    parseEndpoint(request, manifest, stacks.fastapi.rules);
    const { names, endpoint } = parseEndpoint(request, manifest, stacks.express.rules);
    return addEndpoint(manifest, names.plural, endpoint);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function anyEndpoint(random: Random, manifest: Manifest): EndpointRequest {
  const there = Object.keys(manifest.endpoints);
  const left = nouns.filter((noun) => !there.includes(noun));
  const count = 1 + random.below(6);
  const fields = Array.from({ length: count }, () => anyField(random, there));
  const owned = manifest.auth === 'jwt' && random.chance(30) ? ['keeper:ref:users:owner'] : [];
  const under = there.length > 0 && random.chance(30) ? random.pick(there) : undefined;
  const only = operations.filter(() => random.chance(70)).join();
  return {
    name: random.pick(left),
    fields: [...new Map(fields.map((field) => [field.split(':')[0], field])).values(), ...owned],
    ...(random.chance(40) && { pagination: 'offset' }),
    ...(random.chance(20) && only && { only }),
    ...(under && { under }),
    ...(manifest.auth === 'jwt' && random.chance(60) && { access: anyAccess(random, manifest) }),
  };
}

function anyAccess(random: Random, manifest: Manifest): string {
  const { names } = knownRoles(manifest.roles);
  const someone = () => random.pick(['user', 'owner', ...names, `owner|${random.pick(names)}`]);
  const read = random.pick(['public', 'user', someone()]);
  return `read=${read},create=${random.pick(['public', 'user', ...names])},update=${someone()},delete=${someone()}`;
}

function anyField(random: Random, plurals: readonly string[]): string {
  if (plurals.length > 0 && random.chance(25)) {
    const more = ['optional', 'filter', 'unique', 'private'].filter(() => random.chance(35));
    return [random.pick(['parent', 'origin']), 'ref', random.pick(plurals), ...more].join(':');
  }
  const type = random.pick(fieldTypes.filter((each) => each !== 'ref'));
  return `${random.pick(words)}:${type}${modifiersOf(random, type)}`;
}

function modifiersOf(random: Random, type: FieldType): string {
  const { takes, bounds: kind, argument, example } = typeRow(type);
  const taken = flags.filter((each) => takes.includes(each) && random.chance(25));
  const bounded = bounds[kind ?? 'none'].filter(() => random.chance(30));
  const isGiven = !taken.includes('list') && !taken.includes('unique') && takes.includes('default');
  const usual = isGiven && random.chance(25) ? [`default=${example}`] : [];
  const hidden = random.chance(12) ? [random.pick(['private', 'readonly'])] : [];
  const values = argument === undefined ? [] : [argument.example];
  return [...values, ...taken, ...bounded, ...usual, ...hidden].map((each) => `:${each}`).join('');
}
