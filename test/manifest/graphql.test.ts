import { describe, expect, it } from 'vitest';
import { withAccounts } from '../../src/manifest/accounts.ts';
import { parseEndpoint } from '../../src/manifest/endpoint.ts';
import { endpointCommand, requestOf } from '../../src/manifest/endpoint-args.ts';
import { formatManifest } from '../../src/manifest/format-manifest.ts';
import { enumMember } from '../../src/manifest/graphql-names.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { addEndpoint, parseManifest } from '../../src/manifest/manifest.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { emptyManifest, withUserFields } from '../stacks/manifests.ts';
import { refusal } from './refusal.ts';

const { rules } = stacks.express;
const graphql: Manifest = { ...emptyManifest, graphql: true };

const withEndpoint = (manifest: Manifest, name: string, ...fields: string[]) => {
  const { names, endpoint } = parseEndpoint({ name, fields }, manifest, rules);
  return addEndpoint(manifest, names.plural, endpoint);
};
const posts = withEndpoint(graphql, 'posts', 'title');

describe('members of enums', () => {
  it.each([
    ['draft', 'DRAFT'],
    ['in-review', 'IN_REVIEW'],
    ['inReview', 'IN_REVIEW'],
    ['publishedAt', 'PUBLISHED_AT'],
    ['2nd', '_2ND'],
    ['true', 'TRUE'],
  ])('%s is %s', (value, member) => {
    expect(enumMember(value)).toBe(member);
  });
});

describe('names that GraphQL cannot have beside each other', () => {
  it.each([
    [graphql, 'posts', ['stage:enum:in-review,in_review'], 'which would be `IN_REVIEW`'],
    [graphql, 'posts', ['stage:enum:__x,y'], 'which would be `__X`'],
    [graphql, 'errors', ['text'], 'the type `Error`'],
    [graphql, 'dates', ['text'], 'the type `Date`'],
    [posts, 'postConnections', ['text'], 'the type `PostConnection`'],
    [posts, 'postEdges', ['text'], 'the type `PostEdge`'],
    [graphql, 'posts', ['sort:enum:a,b'], 'the type `PostSort`'],
    [graphql, 'posts', ['author:ref:posts:optional', 'author_id'], 'author'],
    [posts, 'comments', ['post:ref:posts', 'posts:ref:posts:optional'], ''],
    [
      withEndpoint(graphql, 'posts', 'comments:integer'),
      'comments',
      ['post:ref:posts'],
      'two fields `comments`',
    ],
  ])('%#', (manifest, name, fields, found) => {
    const parse = () => parseEndpoint({ name, fields }, manifest, rules);
    if (found === '') expect(parse).not.toThrow();
    else expect(refusal(parse).problems[0]?.found).toContain(found);
  });

  it.each([
    [
      'an integer of users beside the rows that they own',
      'posts',
      ['posts:integer:default=0'],
      ['title'],
    ],
    ['a field beside the owner of the row', 'carts', [], ['title', 'owner']],
  ])('%s', (_what, name, ofUsers, fields) => {
    const accounts = withAccounts({ ...graphql, auth: 'jwt' });
    const asked = ofUsers.length > 0 ? withUserFields(accounts, ...ofUsers) : accounts;
    const parse = () => parseEndpoint({ name, fields }, asked, rules);
    const found = expect.stringMatching(/^In GraphQL, a row of .* would have two fields/);
    expect(refusal(parse).problems).toContainEqual(expect.objectContaining({ found }));
  });

  it('are fine without GraphQL, and for an endpoint that is left out of it', () => {
    const request = { name: 'errors', fields: ['text', 'stage:enum:in-a,in_a'] };
    expect(() => parseEndpoint(request, emptyManifest, rules)).not.toThrow();
    const { endpoint } = parseEndpoint({ ...request, graphql: 'false' }, graphql, rules);
    expect(endpoint).toMatchObject({ graphql: false });
  });

  it('are told where backend.json is read', () => {
    const errors = withEndpoint(emptyManifest, 'errors', 'text');
    const text = formatManifest({ ...errors, graphql: true });
    const { problems } = refusal(() => parseManifest(text, 'backend.json', stacks));
    expect(problems[0]?.found).toContain('would need the type `Error` in GraphQL');
  });
});

describe('the settings', () => {
  const left = parseEndpoint(
    { name: 'posts', fields: ['title'], graphql: 'false' },
    graphql,
    rules,
  );

  it('are written and read again, without what is usual', () => {
    const text = formatManifest(addEndpoint(graphql, 'posts', left.endpoint));
    expect(JSON.parse(text)).toMatchObject({
      graphql: true,
      endpoints: { posts: { graphql: false } },
    });
    expect(parseManifest(text, 'backend.json', stacks).endpoints.posts?.graphql).toBe(false);
    expect(formatManifest({ ...posts, graphql: false })).not.toContain('graphql');
  });

  it('are a flag without a value in the command that makes the endpoint again', () => {
    expect(endpointCommand(requestOf('posts', left.endpoint))).toContain('--no-graphql');
    const usual = parseEndpoint({ name: 'posts', fields: ['title'] }, graphql, rules);
    expect(endpointCommand(requestOf('posts', usual.endpoint))).not.toContain('graphql');
  });
});
