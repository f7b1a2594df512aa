import type { Operation } from '../../manifest/manifest.ts';
import { typeRow } from '../../manifest/type-table.ts';
import type { Resource, ResourceField } from '../resource.ts';

export type Capabilities = ReturnType<typeof capabilities>;

/** What an endpoint can do, operation by operation and in groups. */
export function capabilities({ operations }: Pick<Resource, 'operations'>) {
  const has = (...some: Operation[]) => some.some((operation) => operations.has(operation));
  return {
    list: has('list'),
    get: has('get'),
    create: has('create'),
    replace: has('replace'),
    update: has('update'),
    delete: has('delete'),
    collection: has('list', 'create'),
    member: has('get', 'replace', 'update', 'delete'),
    read: has('list', 'get', 'replace', 'update', 'delete'),
    change: has('replace', 'update'),
    write: has('create', 'replace', 'update'),
    whole: has('create', 'replace'),
  };
}

/** Whether a field may be left out of a whole row. */
export const hasFallback = (field: ResourceField) => field.optional || field.default !== undefined;

/** What a field becomes that is left out, as it is stored. */
export function fallbackValue({ type, default: preset }: ResourceField) {
  if (preset === undefined) return null;
  const { stored } = typeRow(type);
  return stored && typeof preset === 'string' ? stored(preset) : preset;
}
