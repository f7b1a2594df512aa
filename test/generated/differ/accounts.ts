import type { Random } from '../../walks/random.ts';
import { damaged, oddValues } from '../contract/fuzz.ts';
import type { Request } from './compare.ts';
import type { World } from './requests.ts';

const passwords = [
  'correct-Horse-7-battery',
  'other-Horse-9-staple',
  'password',
  'x',
  'y'.repeat(200),
];

/** A request to the accounts themselves: register, sign in, who am I, sessions. */
export function anyAccountRequest(world: World, random: Random): Request {
  const email = () => `user-${random.below(12)}@example.com`;
  const values = {
    email: () => random.pick([email(), email(), email().toUpperCase(), 'nobody', ` ${email()}`]),
    password: () => random.pick([passwords[0], passwords[0], ...passwords]),
    refreshToken: () => random.pick(['x', '', ...world.refreshTokens.slice(-3)]),
    currentPassword: () => random.pick(passwords),
    newPassword: () => random.pick(passwords),
  };
  const [method, path, names] = random.pick<[string, string, (keyof typeof values)[]]>([
    ['POST', '/auth/register', ['email', 'password']],
    ['POST', '/auth/register', ['email', 'password']],
    ['POST', '/auth/login', ['email', 'password']],
    ['POST', '/auth/login', ['email', 'password']],
    ['POST', '/auth/refresh', ['refreshToken']],
    ['POST', '/auth/logout', ['refreshToken']],
    ['POST', '/me/password', ['currentPassword', 'newPassword']],
    ['PATCH', '/me', ['email']],
    ['GET', '/me', []],
    ['GET', '/me/sessions', []],
    ['GET', '/users', []],
    ['DELETE', `/users/${random.pick(world.rows.get('users') ?? ['x'])}`, ['password']],
  ]);
  const token = random.pick(['', ...world.tokens.slice(-4)]);
  const headers = token && random.chance(85) ? { Authorization: `Bearer ${token}` } : {};
  if (method === 'GET') return { method, path: `${world.basePath}${path}`, headers };
  const data: Record<string, unknown> = {};
  for (const name of names) if (random.chance(95)) data[name] = values[name]();
  if (random.chance(15))
    data[random.pick([...names, 'role', 'x'])] = random.pick(oddValues.slice(1));
  const text = JSON.stringify({ data });
  return {
    method,
    path: `${world.basePath}${path}`,
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: random.chance(4) ? damaged(text, random.pick) : text,
  };
}
