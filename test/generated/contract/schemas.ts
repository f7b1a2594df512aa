import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { beforeAll, expect, it, vi } from 'vitest';
import * as z from 'zod';
import type { Answer, Api } from './api.ts';
import { oddValues } from './fuzz.ts';
import { arrays, arraysBody, newNews, newPerson, news, people } from './samples.ts';
import { kept, refused } from './values.ts';

type Schema = {
  type?: unknown;
  minLength?: number | undefined;
  maxLength?: number | undefined;
  minItems?: number | undefined;
  maxItems?: number | undefined;
  items?: Schema | undefined;
  anyOf?: Schema[] | undefined;
};
const schema: z.ZodType<Schema> = z.looseObject({
  minLength: z.int().optional(),
  maxLength: z.int().optional(),
  minItems: z.int().optional(),
  maxItems: z.int().optional(),
  get items() {
    return schema.optional();
  },
  get anyOf() {
    return z.array(schema).optional();
  },
});
const parameter = z.object({ name: z.string(), in: z.string(), schema });
const operation = z.object({
  parameters: z.array(parameter).optional(),
  requestBody: z.looseObject({}).optional(),
  responses: z.record(z.string(), z.looseObject({})),
});
const description = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), schema) }),
});

/** Texts and numbers at the edge of what any field takes. */
const edges: unknown[] = [
  ...[-1, 0, 1, 2, 3, 4, 5, 149, 150, 151, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1],
  ...[-0.5, 0.5, 0.999, 1.0000001, 5e-324, 1e21, -1e308],
  ...['0.99', '0.999999999', '1', '1.000000000', '1.5', '2.999999999', '3', '3.000', '3.0000001'],
  ...['-1', '-0', '-0.00', '12', '+1', '1.', '0x1', '999999999999999999.999999999', '1'.repeat(19)],
  ...['\t', '\u00a0', '\u2003 ', '\ufeff', '\u200b', ' x '],
  ...[
    'https://a.example/"x"',
    "https://a.example/'x'",
    'https://a.example/a b',
    ' https://a.example',
  ],
  ...[
    'https://a.example/<x>',
    'https://a.example/\\x',
    'https://a.example/\n',
    'HTTPS://a.example',
  ],
  ...['https://a.example/`x', 'https://a.example/%20%22', 'https://ä.example/🙂', 'https://'],
  ...['a@b-.example', '.a@b.example', 'a..b@c.example', 'a@b', 'A@B.EXAMPLE', "o'x@b.example"],
  ...[`${'a'.repeat(64)}@b.example`, `a@${'b'.repeat(63)}.example`],
  ...['00:00', '07:59:59', '08:00', '8:00', '10:30:00', '10:30:00.5', '18:00', '18:00:01', '24:00'],
  ...['2026-01-31T12:00Z', '2026-01-31T12:00:00.1234567Z', '2026-01-31t12:00:00z'],
  ...['2026-01-31 12:00:00Z', '9999-12-31T23:59:59Z', '9999-12-31T23:59:59+01:00'],
  ...[
    '2026-01-31T12:00:00+24:00',
    '2026-01-31T12:00:60Z',
    '2024-02-29',
    '2025-02-29',
    '0000-02-29',
  ],
  ...['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
  ...['01890a5d-ac96-774b-bcce-b302099a8057', '01890A5D-AC96-774B-BCCE-B302099A8057'],
  ...['01890a5d-ac96-974b-bcce-b302099a8057', '01890a5d-ac96-774b-ccce-b302099a8057'],
];
const listed = [...refused, ...kept].map(([, value]) => value);
const scalars = [...new Set([...oddValues, ...edges, ...listed])].filter(
  (value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean',
);
const wrong = [null, 'x', 1, true, [], {}];

/** Texts as long as a schema lets them be, and one character more or less. */
function textsOf({ minLength = 0, maxLength = 0 }: Schema): string[] {
  const lengths = [minLength - 1, minLength, maxLength, maxLength + 1].filter((each) => each > 0);
  return lengths.flatMap((length) => [
    'x'.repeat(length),
    '🙂'.repeat(length),
    ' '.repeat(length),
    `https://a.example/${'x'.repeat(Math.max(0, length - 18))}`,
    `${'x'.repeat(Math.max(1, length - 12))}@example.com`,
  ]);
}

/** Values of the type of a schema, and some of no such type. */
function valuesFor(schema: Schema): unknown[] {
  const { type, items, minItems = 0, maxItems = 1, anyOf = [] } = schema;
  const [first] = anyOf;
  if (first) return valuesFor(first);
  if (items) {
    const item = valuesFor(items);
    const sizes = [minItems - 1, minItems, maxItems, maxItems + 1].filter((size) => size >= 0);
    const lists = sizes.flatMap((size) => item.slice(0, 3).map((each) => Array(size).fill(each)));
    return [...item.map((each) => [each]), ...lists, ...wrong];
  }
  const isNumber = type === 'number' || type === 'integer';
  const fitting = scalars.filter((value) => typeof value === (isNumber ? 'number' : 'string'));
  return [...fitting, ...(isNumber ? [] : textsOf(schema)), ...wrong];
}

/**
 * What the description says of the values of a field is what the server does with them: each takes
 * what the other takes.
 */
export function schemasContract(api: () => Api): void {
  vi.setConfig({ testTimeout: 240_000 });
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  // Its pattern says it all but for hosts that there cannot be.
  ajv.addFormat('iri', (text: string) => URL.canParse(text));
  let described: z.output<typeof description>;
  beforeAll(async () => {
    const answer = await fetch(api().url('/openapi.json'));
    described = description.parse(await answer.json());
    ajv.addSchema(described, 'described');
  });

  const validators = new Map<string, ValidateFunction>();
  const validatorAt = (...place: string[]): ValidateFunction => {
    const pointer = place.map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');
    const validator =
      validators.get(pointer) ?? ajv.compile({ $ref: `described#/${encodeURI(pointer)}` });
    validators.set(pointer, validator);
    return validator;
  };
  const bodyOf = (path: string, method: string) =>
    validatorAt('paths', path, method, 'requestBody', 'content', 'application/json', 'schema');

  /** Whether the answer is one that the description has. */
  const expectDescribed = (path: string, method: string, { status, text }: Answer) => {
    expect([path, Object.keys(described.paths[path]?.[method]?.responses ?? {})]).toEqual([
      path,
      expect.arrayContaining([String(status)]),
    ]);
    const place = ['paths', path, method, 'responses', String(status)];
    const isAsDescribed = validatorAt(...place, 'content', 'application/json', 'schema');
    expect([isAsDescribed(JSON.parse(text)), isAsDescribed.errors]).toEqual([true, null]);
  };

  it('says of bodies what the server does with them', async () => {
    const { id } = await newNews(api());
    const person = await newPerson(api());
    const array = await api().create(arrays, arraysBody());
    const rows = [
      ['/news/{id}', 'PatchNewsItem', `${news}/${id}`],
      ['/people/{id}', 'PatchPerson', `${people}/${person.id}`],
      ['/arrays/{id}', 'PatchArray', `${arrays}/${array.id}`],
    ] as const;
    const differences: string[] = [];
    let count = 0;
    for (const [path, component, url] of rows) {
      const takes = bodyOf(path, 'patch');
      const { properties } = z
        .object({ properties: z.record(z.string(), schema) })
        .parse(described.components.schemas[component]);
      const sent = Object.entries(properties).flatMap(([field, property]) =>
        valuesFor(property).flatMap((value) =>
          isJson(property) && hidesText(value) ? [] : [{ field, value }],
        ),
      );
      await atOnce(sent, async ({ field, value }) => {
        const body = JSON.parse(JSON.stringify({ data: { [field]: value } }));
        const answer = await api().patch(url, body.data);
        expectDescribed(path, 'patch', answer);
        count += 1;
        // Which rows there are, and what an index can pack, is not for a schema to say.
        if (answer.status === 409 || /"(Does not exist|Too long)"/.test(answer.text)) return;
        if (takes(body) === (answer.status === 200)) return;
        const shown = JSON.stringify(value).slice(0, 80);
        differences.push(`${field}: ${shown} ${answer.status} ${answer.text.slice(0, 200)}`);
      });
    }
    expect(count).toBeGreaterThan(1000);
    expect(differences).toEqual([]);
  });

  it('says of query parameters what the server does with them', async () => {
    const differences: string[] = [];
    let count = 0;
    for (const path of ['/news', '/people', '/arrays']) {
      const { parameters = [] } = described.paths[path]?.get ?? {};
      for (const { name, in: place, schema } of parameters) {
        if (place !== 'query') continue;
        const takes = ajv.compile(schema);
        const values = [...valuesFor(schema), 1e21, 1e-7, ''].flatMap((value) => {
          if (!isOfType(schema, value) || (name === 'cursor' && value !== '')) return [];
          return [typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '') : value];
        });
        await atOnce(values, async (value) => {
          const query = `${name}=${encodeURIComponent(String(value))}`;
          if (query.length > 8000) return;
          const answer = await api().get(`/api${path}?${query}`);
          expectDescribed(path, 'get', answer);
          count += 1;
          if (takes(value) === (answer.status === 200)) return;
          differences.push(`${path} ${query.slice(0, 90)} ${answer.status}`);
        });
      }
    }
    expect(differences).toEqual([]);
    expect(count).toBeGreaterThan(1000);
  });
}

/** Does something for each of many, some of them at the same time. */
async function atOnce<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  for (let start = 0; start < all.length; start += 16) {
    await Promise.all(all.slice(start, start + 16).map(work));
  }
}

const isJson = ({ anyOf }: Schema) => JSON.stringify(anyOf)?.includes('"object"') === true;

/** Whether there is text inside of it that no column can hold: how deep, no schema says. */
const hidesText = (value: unknown) => /\\u0000|\\ud[89a-f]/.test(JSON.stringify(value));

function isOfType({ type }: Schema, value: unknown): boolean {
  if (type === 'integer' || type === 'number') return typeof value === 'number';
  return type === undefined ? typeof value === 'string' : typeof value === type;
}
