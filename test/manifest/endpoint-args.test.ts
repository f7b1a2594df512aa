import { describe, expect, it } from 'vitest';
import { parseEndpoint } from '../../src/manifest/endpoint.ts';
import { endpointArgs, requestOf } from '../../src/manifest/endpoint-args.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { accountsManifest, everything, manifestWith } from '../stacks/manifests.ts';

const { rules } = stacks.express;

describe('the request of an endpoint of a manifest', () => {
  const manifest = { ...manifestWith(...everything), auth: 'jwt' as const };

  it.each(Object.entries(manifest.endpoints))('makes %s again', (plural, endpoint) => {
    const others = Object.entries(manifest.endpoints).filter(([name]) => name !== plural);
    const around = { ...manifest, endpoints: Object.fromEntries(others) };
    const again = parseEndpoint(requestOf(plural, endpoint), around, rules);
    expect(again).toMatchObject({ names: { plural } });
    expect(again.endpoint).toEqual(endpoint);
  });

  it('has its rules of access, its rate and its singular', () => {
    const request = {
      name: 'people',
      fields: ['name:string'],
      singular: 'human',
      access: 'read=public,delete=admin',
      rateLimit: '20/minute',
    };
    const { endpoint } = parseEndpoint(request, accountsManifest, rules);
    const args =
      'endpoint people name:string --pagination cursor --access read=public,delete=admin';
    expect(endpointArgs(requestOf('people', endpoint)).join(' ')).toBe(
      `${args} --rate-limit 20/minute --singular human --plural people`,
    );
  });
});
