import { camelCase, resourceNames } from './names.ts';
import { isWindowsDevice } from './reserved.ts';
import type { Schemas } from './type-row.ts';

/** What is known of a service that a backend calls. */
export type Service = {
  /** Whether the backend cannot do without it. */
  required?: boolean;
  /** Whether it sends events. */
  webhook?: boolean;
};

const expected = 'Expected a name in camelCase, such as `payments`.';

/** Settings that a project has, or derives from them; those of OIDC_PROVIDERS are named by users. */
const settings: ReadonlySet<string> = new Set(
  'APP_URL DATABASE_URL PAGES_URL PUBLIC_URL REDIS_URL SERVER_URL SMTP_URL'.split(' '),
);
const ofProviders = /^OIDC_/;

/** Names of what the code of every project with services has. */
const kept: ReadonlySet<string> = new Set(['upstream', 'upstreams']);

const longest = 30;

/** The settings of a service. */
export const settingsOfService = (name: string): string[] =>
  ['URL', 'KEY', 'WEBHOOK_SECRET'].map(
    (word) => `${resourceNames(name).table.toUpperCase()}_${word}`,
  );

/** What is wrong with the name of a service; undefined if nothing. */
export function faultOfService(name: string): string | undefined {
  if (!/^[a-z][A-Za-z0-9]*$/.test(name) || camelCase(name) !== name) return expected;
  if (kept.has(name) || isWindowsDevice(name)) {
    return `\`${name}\` already means something else: expected another name.`;
  }
  const taken = settingsOfService(name).find(
    (each) => settings.has(each) || ofProviders.test(each),
  );
  if (taken !== undefined) {
    const what = ofProviders.test(taken)
      ? 'could be one of OIDC_PROVIDERS'
      : 'has a meaning already';
    return `Its setting \`${taken}\` ${what}: expected another name, such as \`${freeName(name)}\`.`;
  }
  return name.length > longest ? `Expected at most ${longest} characters.` : undefined;
}

/** A name that a service can have in place of one that it cannot. */
export function freeName(name: string): string {
  const like = camelCase(`other ${name}`);
  return faultOfService(like) === undefined ? like : 'payments';
}

/** The services that a backend calls, by their names. */
export const servicesSchema = (z: Schemas) =>
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
    .exactOptional()
    .describe('Other services that this one calls, by their names.');
