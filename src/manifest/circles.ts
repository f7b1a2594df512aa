import type { Endpoint } from './manifest.ts';

type Endpoints = Readonly<Record<string, Pick<Endpoint, 'fields'>>>;

/** The references that lead back to their own endpoint, directly or through others. */
export function circularRefs(plural: string, endpoints: Endpoints): string[] {
  return Object.entries(endpoints[plural]?.fields ?? {}).flatMap(([name, field]) =>
    field.type === 'ref' && leadsTo(plural, field.to, endpoints) ? [name] : [],
  );
}

/** Whether references lead from one endpoint to another, in any number of steps, or in none. */
export function leadsTo(goal: string, from: string, endpoints: Endpoints): boolean {
  const seen = new Set([from]);
  for (const plural of seen) {
    if (plural === goal) return true;
    const fields = Object.hasOwn(endpoints, plural) ? endpoints[plural]?.fields : undefined;
    for (const field of Object.values(fields ?? {})) if (field.type === 'ref') seen.add(field.to);
  }
  return false;
}
