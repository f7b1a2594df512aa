import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { mermaidOf } from '../../src/stacks/diagram/mermaid.ts';
import { modelOf as modelOfResources } from '../../src/stacks/diagram/model.ts';
import { placeTables } from '../../src/stacks/diagram/place.ts';
import { routeLines } from '../../src/stacks/diagram/route.ts';
import { svgOf } from '../../src/stacks/diagram/svg.ts';
import { describeAll } from '../../src/stacks/resource.ts';
import { seeded } from '../walks/random.ts';
import { accountsManifest, emptyManifest, everything, grown, manifestWith } from './manifests.ts';

const modelOf = (manifest: Manifest) => modelOfResources(describeAll(manifest));

const accounts: Manifest = accountsManifest;
const shop = grown(
  accounts,
  { name: 'categories', fields: ['name:string:unique', 'parent:ref:categories:optional'] },
  {
    name: 'products',
    fields: ['title', 'status:enum:draft,active', 'tags:string:list', 'category:ref:categories'],
    access: 'update=user,delete=admin',
  },
  { name: 'profiles', fields: ['user:ref:users:owner:unique', 'pin:string:private'] },
);

describe('the diagram', () => {
  it('has tables, fields, and references with their kind', () => {
    expect(mermaidOf(modelOf(shop))).toBe(`erDiagram
    "categories" {
        uuid id PK
        string name UK
        uuid parent_id FK "optional"
        uuid owner_id FK "owner"
    }
    "products" {
        uuid id PK
        string title
        enum status "draft | active"
        string[] tags
        uuid category_id FK
    }
    "profiles" {
        uuid id PK
        uuid user_id FK "owner, unique"
        string pin "private"
    }
    "users" {
        uuid id PK
        email email UK
        enum role "user | moderator | admin"
    }
    "categories" |o..o{ "categories" : "parent_id (set null)"
    "users" ||--o{ "categories" : "owner_id (cascade)"
    "categories" ||..o{ "products" : "category_id"
    "users" ||--o| "profiles" : "user_id (cascade)"`);
  });

  it('leaves fields out where code hosts would not draw it for its length', () => {
    const fields = Array.from({ length: 40 }, (_, at) => `field${at}:string:optional`);
    const many = Array.from({ length: 60 }, (_, at) => ({ name: `things${at}s`, fields }));
    const text = mermaidOf(modelOf(manifestWith(...many)));
    expect(text.length).toBeLessThan(50_000);
    expect(text).toContain('"things7s"');
    expect(text).not.toContain('field7');
  });

  it('is the same for the same model, whatever the order of its endpoints', () => {
    const turned = {
      ...shop,
      endpoints: Object.fromEntries(Object.entries(shop.endpoints).reverse()),
    };
    expect(svgOf(modelOf(turned))).toBe(svgOf(modelOf(shop)));
    expect(mermaidOf(modelOf(turned))).toBe(mermaidOf(modelOf(shop)));
  });

  it('is drawn where there is no table, or one', () => {
    expect(svgOf(modelOf(emptyManifest))).toContain('</svg>');
    expect(svgOf(modelOf(accounts))).toContain('>users</text>');
  });
});

/** Tables that refer to each other by chance. */
function randomModel(seed: number) {
  const { below, chance } = seeded(seed);
  const names = Array.from({ length: 3 + below(10) }, (_, at) => `things${at}s`);
  const requests = names.map((name, at) => ({
    name,
    fields: [
      'title',
      ...names
        .slice(0, at + 1)
        .flatMap((other) => (chance(35) ? [`to${other}:ref:${other}:optional`] : [])),
    ],
    access: chance(50) ? 'update=user,delete=user' : 'read=public',
  }));
  return modelOf(grown(accounts, ...requests));
}

describe('the picture', () => {
  const models = Array.from({ length: 30 }, (_, at) => randomModel(at + 1));
  models.push(modelOf(shop), modelOf(manifestWith(...everything)));

  it('has no box on another one', () => {
    for (const model of models) {
      const { places } = placeTables(model);
      expect(places.map(({ table }) => table.name).sort()).toEqual(
        model.tables.map(({ name }) => name),
      );
      for (const [at, one] of places.entries()) {
        for (const other of places.slice(at + 1)) {
          const isBeside =
            one.x + one.width <= other.x ||
            other.x + other.width <= one.x ||
            one.y + one.height <= other.y ||
            other.y + other.height <= one.y;
          expect([one.table.name, other.table.name, isBeside]).toEqual([
            one.table.name,
            other.table.name,
            true,
          ]);
        }
      }
    }
  });

  it('has every reference, and none of them goes through a box', () => {
    for (const model of models) {
      const { places, passing } = placeTables(model);
      const lines = routeLines(places, passing);
      expect(lines).toHaveLength(model.references.length);
      for (const { reference, pieces } of lines) {
        const through = places.filter((place) =>
          pieces.some(([from, to]) => {
            const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
            const isLevel = from.y > place.y && from.y < place.y + place.height;
            return isLevel && left < place.x + place.width && right > place.x;
          }),
        );
        expect([reference.column, through.map(({ table }) => table.name)]).toEqual([
          reference.column,
          [],
        ]);
      }
    }
  });

  it.each([1, 2, 3])('has %i references of a table to itself inside each other', (count) => {
    const fields = ['boss', 'mentor', 'deputy'].slice(0, count);
    const names = fields.map((name) => `${name}:ref:people:optional`);
    const model = modelOf(manifestWith({ name: 'people', fields: ['name', ...names] }));
    const { places, passing } = placeTables(model);
    const loops = routeLines(places, passing).map(({ pieces: [first, last] }) => ({
      from: first?.[0].y ?? 0,
      to: last?.[1].y ?? 0,
      turn: first?.[1].x ?? 0,
    }));
    expect(loops).toHaveLength(count);
    const byRow = loops.sort((one, other) => one.to - other.to);
    for (const [at, inner] of byRow.entries()) {
      const outer = byRow[at + 1];
      if (outer === undefined) continue;
      expect(outer.turn).toBeLessThan(inner.turn);
      // The signs at their ends are 12 high.
      expect(inner.from - outer.from).toBeGreaterThan(12);
    }
  });
});
