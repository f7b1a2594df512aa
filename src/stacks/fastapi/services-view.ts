import type { Manifest } from '../../manifest/manifest.ts';
import { moduleName } from '../python/names.ts';
import { serviceNames } from '../services-view.ts';

/** The names of a service that templates use. */
export function serviceView(name: string, manifest: Manifest) {
  const names = serviceNames(name, manifest);
  return { ...names, module: moduleName(names.table) };
}

/** All services of a backend. */
export function servicesView(manifest: Manifest) {
  const all = Object.keys(manifest.services ?? {}).map((name) => serviceView(name, manifest));
  const required = all.filter((service) => service.required);
  const webhooks = all.filter(({ webhook }) => webhook);
  return {
    services: all,
    firstENV: all[0]?.ENV ?? '',
    required,
    hasRequired: required.length > 0,
    webhooks,
    hasWebhooks: webhooks.length > 0,
  };
}
