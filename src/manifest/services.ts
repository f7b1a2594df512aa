import { UserError } from './errors.ts';
import type { Manifest } from './manifest-schema.ts';
import { resourceNames } from './names.ts';
import { webhookProblems } from './service-rules.ts';
import type { Service } from './service-schema.ts';
import { faultOfService, freeName } from './service-schema.ts';

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

/** The manifest with one more service, or with more of one that it has; throws a UserError where it cannot have it. */
export function addService(
  typed: string,
  service: Service,
  manifest: Manifest,
): { name: string; after: Manifest } {
  const name = nameOf(typed);
  const fault = faultOfService(name);
  if (fault !== undefined) {
    const found = `\`${typed}\` cannot be the name of a service.`;
    throw new UserError([{ found, expected: fault }], `gen service ${freeName(name)}`);
  }
  const { services: { [name]: known = {}, ...others } = {} } = manifest;
  const services = { ...others, [name]: { ...known, ...service } };
  const after = { ...manifest, ...servicesOf(services) };
  const problems = webhookProblems(after);
  if (problems.length === 0) return { name, after };
  throw new UserError(
    problems.map(({ found, expected }) => ({ found, expected })),
    'gen endpoint rename --help',
  );
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
