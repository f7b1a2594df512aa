import { UserError } from './errors.ts';
import type { Manifest } from './manifest-schema.ts';
import { camelCase, resourceNames } from './names.ts';
import type { Rules } from './rules.ts';
import type { Schemas } from './type-row.ts';

/** What is known of a service that a backend calls. */
export type Service = {
  /** Whether the backend cannot do without it. */
  required?: boolean;
  /** Whether it sends events. */
  webhook?: boolean;
};

const expected = 'Expected a name in camelCase, such as `payments`.';

/** Words before `_URL` of settings that every project has, and names of what its code has. */
const kept: ReadonlySet<string> = new Set(
  'app database public redis smtp upstream upstreams'.split(' '),
);

const longest = 30;

function faultOf(name: string): string | undefined {
  if (!/^[a-z][A-Za-z0-9]*$/.test(name) || camelCase(name) !== name) return expected;
  if (kept.has(name)) return `\`${name}\` already means something else: expected another name.`;
  return name.length > longest ? `Expected at most ${longest} characters.` : undefined;
}

/** The services that a backend calls, by their names. */
export const servicesSchema = (z: Schemas, isPossible: boolean) =>
  z
    .record(
      z.string().check(({ value, issues }) => {
        const message = faultOf(value);
        if (message !== undefined) issues.push({ code: 'custom', input: value, message });
      }),
      z.strictObject({
        required: z
          .boolean({ error: 'Expected true or false.' })
          .exactOptional()
          .describe('Whether the backend cannot do without it: `/ready` then tells of it.'),
        webhook: z
          .boolean({ error: 'Expected true or false.' })
          .exactOptional()
          .describe('Whether it sends events, to a route of its own.'),
      }),
    )
    .refine(() => isPossible, 'This stack cannot call other services yet.')
    .exactOptional()
    .describe('Other services that this one calls, by their names.');

/** Services in the order of their names, without what is the default; no key if there is none. */
export function servicesOf(services: Manifest['services']): Pick<Manifest, 'services'> {
  const all = Object.entries(services ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
  if (all.length === 0) return {};
  const written = all.map(([name, { required, webhook }]): [string, Service] => [
    name,
    { ...(required && { required }), ...(webhook && { webhook }) },
  ]);
  return { services: Object.fromEntries(written) };
}

/** The manifest with one more service; throws a UserError where it cannot have it. */
export function addService(
  typed: string,
  service: Service,
  manifest: Manifest,
  rules: Rules,
): { name: string; after: Manifest } {
  if (!rules.services) {
    const found = `A backend in ${rules.language} cannot call other services yet.`;
    throw new UserError([{ found, expected: 'Expected another stack.' }], 'gen service --help');
  }
  const name = nameOf(typed);
  const fault = faultOf(name);
  if (fault !== undefined) {
    const found = `\`${typed}\` cannot be the name of a service.`;
    throw new UserError([{ found, expected: fault }], 'gen service payments');
  }
  const services = { ...manifest.services, [name]: service };
  return { name, after: { ...manifest, ...servicesOf(services) } };
}

/** The manifest without a service; throws a UserError where there is none of that name. */
export function removeService(
  typed: string,
  manifest: Manifest,
): { name: string; after: Manifest } {
  const name = nameOf(typed);
  const { services = {}, ...rest } = manifest;
  if (!Object.hasOwn(services, name)) {
    const all = Object.keys(services);
    const found = `There is no service \`${typed}\`.`;
    const known = all.length === 0 ? 'Expected one: there is none.' : `Expected ${all.join(', ')}.`;
    throw new UserError([{ found, expected: known }], `gen remove service ${all[0] ?? '--help'}`);
  }
  const { [name]: _gone, ...others } = services;
  return { name, after: { ...rest, ...servicesOf(others) } };
}

const nameOf = (typed: string) =>
  /^[A-Za-z][\w-]*$/.test(typed) ? resourceNames(typed).plural : typed;
