import * as z from 'zod';
import { aboves, auths } from './choices.ts';
import { rolesSchema } from './roles.ts';
import type { KnownStacks, Rules } from './rules.ts';
import { oneOf } from './setting-table.ts';

export type Choices = Pick<Rules, 'packageManagers' | 'packageNameFault' | 'keptPaths'>;

const aboveExpected = `Expected some of: ${aboves.join(', ')}.`;
function basePathExpected(kept: readonly string[]): string {
  const [last, ...others] = kept.map((word) => `/${word}`).reverse();
  const all = [others.reverse().join(', '), last].filter(Boolean).join(' or ');
  const path = 'Expected a path in small letters, such as "/api" or "/api/v1"';
  return last === undefined ? `${path}.` : `${path}, and none below ${all}.`;
}

/** What a manifest says beside its endpoints, in the order in which it is written. */
export function answerSchemas(known: KnownStacks, rules: Choices) {
  const stacks = Object.keys(known);
  const { packageManagers, keptPaths } = rules;
  const pathExpected = basePathExpected(keptPaths);
  const kept = keptPaths.length === 0 ? '' : `(?!\\/(${keptPaths.join('|')})(\\/|$))`;
  return {
    $schema: z
      .string({ error: 'Expected a text.' })
      .exactOptional()
      .describe('Where editors find this schema.'),
    name: z
      .string({ error: () => rules.packageNameFault('') ?? 'Expected a name.' })
      .check(({ value, issues }) => {
        const message = rules.packageNameFault(value);
        if (message !== undefined) issues.push({ code: 'custom', input: value, message });
      })
      .describe('The name of the package.'),
    stack: z.enum(stacks, oneOf(stacks)).describe('What the backend is made of.'),
    auth: z.enum(auths, oneOf(auths)).describe('How callers prove who they are.'),
    roles: rolesSchema(z).exactOptional(),
    basePath: z
      .string({ error: pathExpected })
      .regex(new RegExp(`^${kept}(\\/[a-z0-9][a-z0-9-]*)+$`), pathExpected)
      .default('/api')
      .describe('What the path of every endpoint starts with.'),
    packageManager: z
      .enum(packageManagers, oneOf(packageManagers))
      .describe('What installs the dependencies.'),
    above: z
      .array(z.enum(aboves, aboveExpected), { error: aboveExpected })
      .min(1, aboveExpected)
      .exactOptional()
      .describe(
        'What is in a folder above: the root of the git repository, the root of the workspace, or settings of the linter. Files that would work only there are left out.',
      ),
  };
}
