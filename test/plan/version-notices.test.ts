import { describe, expect, it } from 'vitest';
import { parseEndpointRename } from '../../src/manifest/endpoint-rename.ts';
import { parseFieldChange } from '../../src/manifest/field-change.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { addVersion } from '../../src/manifest/version-request.ts';
import { versionNotices } from '../../src/plan/version-notices.ts';
import { express } from '../../src/stacks/express/express.ts';
import { accountsManifest, manifestWith } from '../stacks/manifests.ts';

const { rules } = express;
const plain = manifestWith({ name: 'posts', fields: ['title'] });
const newer = (manifest: Manifest) => addVersion({ name: 'v2', today: '2026-11-28' }, manifest);
const versioned = newer(plain);

const told = (before: Manifest, after: Manifest, renames = {}) =>
  versionNotices({ before, after, renames, stack: express }).map((notice) =>
    'message' in notice ? notice.message : '',
  );

describe('what a change means for clients of an old version', () => {
  it('is nothing where no endpoint differs', () => {
    expect(told(plain, versioned)).toEqual([]);
  });

  it('is that it keeps an endpoint, said once', () => {
    const request = { kind: 'remove', endpoint: 'posts', names: ['title'] } as const;
    const add = { kind: 'add', endpoint: 'posts', fields: ['headline'] } as const;
    const added = parseFieldChange(add, versioned, rules).after;
    expect(told(versioned, added)).toEqual([expect.stringMatching(/^v1 keeps posts as it was/)]);
    const removed = parseFieldChange(request, added, rules).after;
    expect(told(added, removed)).toEqual([]);
  });

  it('is another path where the endpoint is renamed', () => {
    const { after } = parseEndpointRename({ from: 'posts', to: 'articles' }, versioned, rules);
    expect(told(versioned, after, { endpoint: { from: 'posts', to: 'articles' } })).toEqual([
      'posts is called articles in v1, too: clients have to use the new path.',
    ]);
  });

  it('is a new shape of the accounts, which all versions share', () => {
    const before = newer(accountsManifest);
    const request = {
      kind: 'add',
      endpoint: 'users',
      fields: ['nickname:string:optional'],
    } as const;
    const { after } = parseFieldChange(request, before, rules);
    expect(told(before, after)).toEqual([
      expect.stringContaining('All versions share the accounts'),
    ]);
  });
});

describe('where providers send people back to', () => {
  it('is below another base path', () => {
    const before: Manifest = { ...accountsManifest, accounts: ['oidc'] };
    expect(told(before, newer(before))).toEqual([
      'Register the redirect URI below /api/v2 with each provider.',
    ]);
  });
});
