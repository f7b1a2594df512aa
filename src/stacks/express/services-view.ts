import type { Manifest } from '../../manifest/manifest.ts';
import { resourceNames } from '../../manifest/names.ts';
import { routesIn } from '../routes-in.ts';
import type { Route } from '../stack.ts';
import { toLiteral } from '../typescript/literal.ts';

/** The names of a service that templates use. */
export function serviceView(name: string, { basePath, services = {} }: Manifest) {
  const { plural, Plural, path, table, humanPlural } = resourceNames(name);
  return {
    name: plural,
    Name: Plural,
    path,
    ENV: table.toUpperCase(),
    human: humanPlural,
    webhook: services[name]?.webhook === true,
    basePath,
  };
}

/** The routes that services send events to. */
export const routesOfWebhooks = (manifest: Manifest): Route[] =>
  routesIn(
    'src/services/webhook.routes.ts',
    'public',
    servicesView(manifest).webhooks.map(({ path }) => `POST /webhooks/${path}`),
  );

/** All services of a backend. */
export function servicesView(manifest: Manifest) {
  const { services = {} } = manifest;
  const all = Object.keys(services).map((name) => serviceView(name, manifest));
  const required = Object.entries(services).filter(([, service]) => service.required);
  return {
    services: all,
    requiredNames: required.map(([name]) => toLiteral(name)).join(', '),
    webhooks: all.filter(({ webhook }) => webhook),
    neededNames: all
      .flatMap(({ ENV, webhook }) => [`${ENV}_URL`, ...(webhook ? [`${ENV}_WEBHOOK_SECRET`] : [])])
      .map(toLiteral)
      .join(', '),
  };
}
