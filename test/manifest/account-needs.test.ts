import { expect, it } from 'vitest';
import { UserError } from '../../src/manifest/errors.ts';
import { parseManifest } from '../../src/manifest/manifest.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { emptyManifest } from '../stacks/manifests.ts';

const title = { type: 'string' };
const users = { type: 'ref', to: 'users' };

/** What is refused of endpoints in a project without accounts, each with what is expected. */
function refused(endpoints: object, roles?: object): string[] {
  try {
    const json = { ...emptyManifest, ...(roles && { roles }), endpoints };
    parseManifest(JSON.stringify(json), 'backend.json', stacks);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.problems.map(({ found, expected }) => `${found} ${expected}`);
  }
}

it('names all that needs accounts where there are none, and what takes each out', () => {
  const posts = {
    fields: { title, author: users, owner: { ...users, owner: true } },
    under: 'users',
    access: { read: 'public' },
  };
  const removal = (field: string) =>
    `Expected "auth": "jwt", at least until \`gen field remove posts ${field} --force\`.`;
  const at = 'backend.json, endpoints.posts';
  expect(refused({ posts })).toEqual([
    `${at}.access: \`posts\` has rules of access, which needs accounts. Expected no \`access\`, or "auth": "jwt".`,
    `${at}.under: \`posts\` is under \`users\`, which needs accounts. Expected no \`under\`, or "auth": "jwt".`,
    `${at}.fields.author: \`author\` refers to \`users\`, which needs accounts. ${removal('author')}`,
    `${at}.fields.owner: \`owner\` is an owner, which needs accounts. ${removal('owner')}`,
  ]);
});

it('lets an endpoint of its own be called users', () => {
  const posts = { fields: { title, author: users } };
  expect(refused({ users: { fields: { title } }, posts })).toEqual([]);
});

it('names roles beside the rest', () => {
  const roles = { names: ['user', 'admin'], default: 'user', admin: 'admin' };
  const posts = { fields: { title }, access: { read: 'public' } };
  expect(refused({ posts }, roles)).toEqual([
    expect.stringContaining('backend.json, roles: '),
    expect.stringContaining('endpoints.posts.access: '),
  ]);
});
