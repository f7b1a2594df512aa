import { camelCase } from './names.ts';
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

/** What is wrong with the name of a service; undefined if nothing. */
export function faultOfService(name: string): string | undefined {
  if (!/^[a-z][A-Za-z0-9]*$/.test(name) || camelCase(name) !== name) return expected;
  if (kept.has(name)) return `\`${name}\` already means something else: expected another name.`;
  return name.length > longest ? `Expected at most ${longest} characters.` : undefined;
}

/** The services that a backend calls, by their names. */
export const servicesSchema = (z: Schemas, isPossible: boolean) =>
  z
    .record(
      z.string().check(({ value, issues }) => {
        const message = faultOfService(value);
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
