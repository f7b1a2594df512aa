import type { Manifest } from '../../src/manifest/manifest.ts';
import type { Random } from './random.ts';
import type { WalkedStack } from './walked.ts';
import { walked } from './walked.ts';

/** What a project of a walk is made with: its parts, and what stands around its API. */
export type Made = Pick<
  Manifest,
  'auth' | 'accounts' | 'graphql' | 'agents' | 'client' | 'collections' | 'services'
> & { stack: WalkedStack };

/** Any choice of parts that a stack has; half of the projects have none. */
export function anyMade(random: Random, stack: WalkedStack): Made {
  const auth = random.chance(50) ? 'jwt' : 'none';
  if (random.chance(50)) return { stack, auth };
  const { rules } = walked[stack].stack;
  const accounts = auth === 'jwt' ? rules.accounts.filter(() => random.chance(50)) : [];
  return {
    stack,
    auth,
    ...(accounts.length > 0 && { accounts }),
    ...(random.chance(50) && { graphql: true }),
    ...(random.chance(50) && { agents: ['claude-code', 'codex'] }),
    ...(random.chance(50) && { client: 'client/api.ts' }),
    ...(random.chance(50) && { collections: true }),
    ...(random.chance(50) && { services: { payments: { webhook: true } } }),
  };
}

/** The names of the parts, to read. */
export function told({ stack, auth, ...parts }: Made): string {
  return [stack, auth, ...Object.keys(parts), ...(parts.accounts ?? [])].join(' ');
}
