import { anyValueOf } from '../endpoint/shape-difference.ts';
import { toLiteral, toValue } from '../python/literal.ts';
import type { ResourceField } from '../resource.ts';
import { types } from './types.ts';

/**
 * How the value of a field becomes that of another: as it is, by a table of the values of an enum,
 * or by a conversion that may lose something.
 */
export type Conversion = { kind: 'same' | 'table' | 'lossy'; code: string };

/** The values of one enum, each with the value of another that stands for it. */
export type ValueTable = { name: string; type: string; rows: { from: string; to: string }[] };

const pythonOf = (field: ResourceField) => types[field.type].python(field);

/** Between types of Python, where no value is refused. */
const casts: Record<string, Record<string, (value: string) => string>> = {
  int: {
    float: (value) => `float(${value})`,
    Decimal: (value) => `Decimal(${value})`,
    str: (value) => `str(${value})`,
  },
  float: {
    int: (value) => `int(${value})`,
    Decimal: (value) => `Decimal(str(${value}))`,
    str: (value) => `str(${value})`,
  },
  Decimal: {
    int: (value) => `int(${value})`,
    float: (value) => `float(${value})`,
    str: (value) => `str(${value})`,
  },
  bool: { int: (value) => `int(${value})`, str: (value) => `str(${value}).lower()` },
  date: {
    datetime: (value) => `datetime.combine(${value}, time(), UTC)`,
    str: (value) => `${value}.isoformat()`,
  },
  datetime: { date: (value) => `${value}.date()` },
  time: { str: (value) => `${value}.isoformat()` },
  UUID: { str: (value) => `str(${value})` },
};

/** The code that makes a value of one field that of another; undefined where there is no way. */
export function convert(
  from: ResourceField,
  to: ResourceField,
  value: string,
  table: string,
): Conversion | undefined {
  const item = convertItem(from, to, table);
  if (item === undefined) return undefined;
  const kind = from.list === to.list ? item.kind : 'lossy';
  return { kind, code: ofMaybe(from, to, value, ofList(from, to, value, item.code)) };
}

/** Whether values go through a table: where the other enum lacks some of them. */
export const needsTable = (from: ResourceField, to: ResourceField): boolean =>
  from.type === 'enum' &&
  to.type === 'enum' &&
  !from.values.every((each) => to.values.includes(each));

/** The table of the values of an enum that another one lacks. */
export function tableOf(from: ResourceField, to: ResourceField, name: string): ValueTable {
  const [first = ''] = to.values;
  const other = typeof to.default === 'string' ? to.default : first;
  return {
    name,
    type: `Literal[${to.values.map(toLiteral).join(', ')}]`,
    rows: from.values.map((each) => ({
      from: toLiteral(each),
      to: toLiteral(to.values.includes(each) ? each : other),
    })),
  };
}

type ItemConversion = { kind: Conversion['kind']; code: (value: string) => string };

function convertItem(
  from: ResourceField,
  to: ResourceField,
  table: string,
): ItemConversion | undefined {
  if (needsTable(from, to)) return { kind: 'table', code: (value) => `${table}[${value}]` };
  const isOther =
    from.type === 'ref' &&
    to.type === 'ref' &&
    from.parent?.names.plural !== to.parent?.names.plural;
  // Free text may be none of the values.
  const isFree = to.type === 'enum' && from.type !== 'enum';
  if (isOther || isFree) return undefined;
  const [one, other] = [pythonOf(from), pythonOf(to)];
  if (one === other) return { kind: 'same', code: (value) => value };
  const code = casts[one]?.[other];
  return code && { kind: 'lossy', code };
}

function ofList(
  from: ResourceField,
  to: ResourceField,
  value: string,
  item: (value: string) => string,
): string {
  if (from.list && to.list) {
    return item('each') === 'each' ? value : `[${item('each')} for each in ${value}]`;
  }
  if (to.list) return `[${item(value)}]`;
  if (!from.list) return item(value);
  return `${item(`${value}[0]`)} if ${value} else ${anyCode(to) ?? 'None'}`;
}

function ofMaybe(from: ResourceField, to: ResourceField, value: string, code: string): string {
  if (!from.optional || (to.optional && code === value)) return code;
  const nothing = to.optional ? 'None' : anyCode(to);
  return nothing === undefined ? code : `${nothing} if ${value} is None else ${code}`;
}

/** A value for a field where the other version has none, as code; undefined if none can be made up. */
export function anyCode(field: ResourceField): string | undefined {
  const any = anyValueOf(field);
  if (any === undefined) return undefined;
  const { value } = any;
  if (Array.isArray(value)) return '[]';
  if (value === null) return 'None';
  if (typeof value === 'object') return '{}';
  const { value: code } = types[field.type];
  if (typeof value === 'string' && code) return code(value);
  const isFloat = field.type === 'number' && Number.isInteger(value);
  return isFloat ? `${value}.0` : toValue(value);
}

/** What an old version answers where it has a field that is gone: of each row something else. */
export function goneCode(field: ResourceField): string {
  const any = anyCode(field);
  if (any !== undefined) return any;
  if (field.list) return '[]';
  return ofRow[pythonOf(field)] ?? 'None';
}

const ofRow: Readonly<Record<string, string>> = {
  str: 'str(row.id)',
  UUID: 'row.id',
  int: '0',
  float: '0.0',
  Decimal: 'Decimal(0)',
  bool: 'False',
  date: 'row.created_at.date()',
  datetime: 'row.created_at',
  time: 'row.created_at.time()',
};
