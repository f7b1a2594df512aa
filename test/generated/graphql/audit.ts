import { auditServer } from 'graphql-http';
import { expect, it } from 'vitest';

/** What the specification of GraphQL over HTTP demands, as its own suite asks for it. */
export function audited(url: () => string): void {
  it('does what the specification of GraphQL over HTTP says', async () => {
    const results = await auditServer({ url: `${url()}/api/graphql` });
    expect(results.length).toBeGreaterThan(50);
    const failed = results.filter(({ status }) => status !== 'ok' && status !== 'notice');
    expect(failed.map(({ id, name }) => `${id} ${name}`)).toEqual([]);
  });
}
