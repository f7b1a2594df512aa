import { expect, it } from 'vitest';
import { fieldTypes, typeRow } from '../../src/manifest/type-table.ts';
import { express } from '../../src/stacks/express/express.ts';
import { manifestWith } from './manifests.ts';

/** The schema of the query of a list, for an endpoint with this field. */
function queryWith(field: string): string {
  const manifest = manifestWith({ name: 'things', fields: [field] });
  const files = express.renderEndpoint(manifest, 'things');
  const schema = files.find(({ path }) => path.endsWith('things.schema.ts'))?.content ?? '';
  return /listThingsQuery = z\.strictObject\(\{[\s\S]*?\n\}\);/.exec(schema)?.[0] ?? '';
}

const bounded = fieldTypes.filter((type) => {
  const { bounds, takes } = typeRow(type);
  return bounds !== undefined && takes.includes('filter');
});

it.each(bounded)('asks for any %s, whatever bounds its values have', (type) => {
  const [min, max] = type === 'time' ? ['08:00', '18:00'] : ['2', '40'];
  const query = queryWith(`value:${type}:filter`);
  expect(query).toContain('value:');
  expect(queryWith(`value:${type}:min=${min}:max=${max}:filter`)).toBe(query);
});
