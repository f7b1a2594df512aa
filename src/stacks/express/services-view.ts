import type { Manifest } from '../../manifest/manifest.ts';
import { serviceNames } from '../services-view.ts';
import { toLiteral } from '../typescript/literal.ts';

/** All services of a backend. */
export function servicesView(manifest: Manifest) {
  const all = Object.keys(manifest.services ?? {}).map((name) => serviceNames(name, manifest));
  return {
    services: all,
    firstENV: all[0]?.ENV ?? '',
    requiredNames: all
      .filter(({ required }) => required)
      .map(({ name }) => toLiteral(name))
      .join(', '),
    webhooks: all.filter(({ webhook }) => webhook),
    neededNames: all
      .flatMap(({ ENV, webhook }) => [`${ENV}_URL`, ...(webhook ? [`${ENV}_WEBHOOK_SECRET`] : [])])
      .map(toLiteral)
      .join(', '),
  };
}
