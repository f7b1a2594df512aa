import { typeRow } from '../manifest/type-table.ts';
import { compareValues } from '../stacks/endpoint/values.ts';
import type { Resource, ResourceField } from '../stacks/resource.ts';
import { expectRefusal, type Row, rowsOf, shown } from './expect.ts';
import { BrokenPromise, type Check } from './promise.ts';
import type { World } from './world.ts';

/** A parameter of a list, the value of it, and which rows it finds. */
type Filter = { param: string; value: unknown; finds(found: unknown): boolean };

/** Filters and search find the rows that they name, and no others. */
export function filterChecks(resource: Resource, world: World): Check[] {
  const { names, operations, fields } = resource;
  const { client } = world;
  const url = `/${names.path}`;
  if (!operations.has('list') || !operations.has('create')) return [];
  const about = names.plural;
  const size = resource.pagination === 'cursor' ? 'limit=100' : 'perPage=100';
  const seen = fields.filter((field) => !field.private);

  const filters = seen
    .filter((field) => field.filter)
    .map(
      (field): Check => ({
        about,
        promise: `${paramsOf(field).join(', ')} find what they name`,
        prove: async () => {
          const as = world.whoMay(resource, 'create', 'read');
          const row = await world.create(resource, as);
          await world.create(resource, as);
          for (const { param, value, finds } of filtersOf(field, row)) {
            const query = `${param}=${encodeURIComponent(String(value))}&${size}`;
            const answer = await client.send('GET', `${url}?${query}`, { as });
            const rows = rowsOf(answer);
            const wrong = rows.find((each) => !finds(each[field.name]));
            if (wrong) {
              throw new BrokenPromise(
                answer.request,
                `${field.name} ${shown(wrong[field.name])}`,
                `only what ${param} names`,
              );
            }
            const isThere = rows.length >= 100 || rows.some(({ id }) => id === row.id);
            if (!isThere)
              throw new BrokenPromise(answer.request, 'no row that was just made', row.id);
          }
          if (field.type === 'string' || field.list) return;
          for (const param of paramsOf(field)) {
            expectRefusal(await client.send('GET', `${url}?${param}=%00`, { as }), param);
          }
        },
      }),
    );

  const searched = seen.filter((field) => field.search && !field.list);
  const search: Check = {
    about,
    promise: '?search finds a part of a text, whatever its case, and takes % and _ as they are',
    prove: async () => {
      const as = world.whoMay(resource, 'create', 'read');
      const row = await world.create(resource, as);
      for (const { name } of searched) {
        const text = String(row[name]);
        if (text.length < 3 || row[name] === null) continue;
        const term = text.slice(-60).toUpperCase();
        const answer = await client.send(
          'GET',
          `${url}?search=${encodeURIComponent(term)}&${size}`,
          { as },
        );
        const isThere = rowsOf(answer).some(({ id }) => id === row.id);
        if (!isThere) throw new BrokenPromise(answer.request, 'no row that was just made', row.id);
      }
      const pattern = `%${world.next().toString(36)}_`;
      const answer = await client.send('GET', `${url}?search=${encodeURIComponent(pattern)}`, {
        as,
      });
      if (rowsOf(answer).length > 0) throw new BrokenPromise(answer.request, 'rows', 'none');
      expectRefusal(await client.send('GET', `${url}?search=`, { as }), 'search');
    },
  };

  const unasked = seen.filter((field) => !field.filter).slice(0, 3);
  const closed: Check = {
    about,
    promise: 'a field without a filter cannot be asked for',
    prove: async () => {
      const as = world.whoMay(resource, 'read');
      for (const { name } of [...unasked, ...fields.filter((field) => field.private)]) {
        expectRefusal(await client.send('GET', `${url}?${name}=x`, { as }), name);
      }
    },
  };
  return [...filters, ...(searched.length > 0 ? [search] : []), closed];
}

const capital = (name: string) => name.slice(0, 1).toUpperCase() + name.slice(1);

function paramsOf({ name, type, list }: ResourceField): string[] {
  const isRanged = !list && typeRow(type).isRanged === true;
  return isRanged ? [name, `min${capital(name)}`, `max${capital(name)}`] : [name];
}

/** What the filters of a field find of a row that is there. */
function filtersOf(field: ResourceField, row: Row): Filter[] {
  const { name, list } = field;
  const value = row[name];
  if (list) {
    const [item] = Array.isArray(value) ? value : [];
    const finds = (found: unknown) => Array.isArray(found) && found.includes(item);
    return item === undefined ? [] : [{ param: name, value: item, finds }];
  }
  if (value === null || value === undefined) return [];
  const [same, least, most] = paramsOf(field);
  const filters: Filter[] = [
    { param: same ?? name, value, finds: (found) => compareValues(found, value) === 0 },
  ];
  if (least)
    filters.push({ param: least, value, finds: (found) => compareValues(found, value) >= 0 });
  if (most)
    filters.push({ param: most, value, finds: (found) => compareValues(found, value) <= 0 });
  return filters;
}
