import { afterAll, beforeAll, expect, it } from 'vitest';
import { defaultRole } from '../../src/auth/roles.ts';
import { insertUser } from '../../src/modules/users/users.fixtures.ts';
import { type Api, startApi } from '../api.ts';

let api: Api;

beforeAll(async () => {
  api = await startApi();
  await api.reset();
});
afterAll(() => api.close());

it('a refresh token that many bring at once is answered with one successor', async () => {
  const { id } = await insertUser(api.db);
  const { sessions } = api.auth;
  const { refreshToken } = await sessions.begin(api.db, { id, role: defaultRole }, undefined);
  const many = Array.from({ length: 8 }, () => sessions.refresh(refreshToken));
  const answers = await Promise.all(many);
  const issued = answers.map((answer) => ('tokens' in answer ? answer.tokens.refreshToken : ''));
  expect(new Set(issued)).toEqual(new Set([expect.stringMatching(/^[\w-]{43}$/)]));
  expect(answers.filter(({ outcome }) => outcome === 'refreshed')).toHaveLength(1);
});
