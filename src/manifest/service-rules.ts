import type { Problem } from './errors.ts';
import type { Manifest } from './manifest-schema.ts';

type Located = Problem & { path: string[] };

/** Whether any of the services sends events. */
export const hasWebhooks = ({ services = {} }: Pick<Manifest, 'services'>): boolean =>
  Object.values(services).some(({ webhook }) => webhook === true);

/** The table of the deliveries that were taken. */
const deliveries = 'webhookDeliveries';

/** What is wrong with endpoints beside services that send events. */
export function webhookProblems(manifest: Pick<Manifest, 'endpoints' | 'services'>): Located[] {
  if (!hasWebhooks(manifest) || !Object.hasOwn(manifest.endpoints, deliveries)) return [];
  const found = `\`${deliveries}\` has the table in which events of other services are remembered.`;
  const expected = 'Expected another name of the endpoint, or no service with `webhook`.';
  return [{ path: ['endpoints', deliveries], found, expected }];
}
