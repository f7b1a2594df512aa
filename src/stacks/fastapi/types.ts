import { maxLength, numericBounds } from '../../manifest/sizes.ts';
import type { FieldType } from '../../manifest/type-table.ts';
import { toLiteral, toValue } from '../python/literal.ts';
import type { ResourceField } from '../resource.ts';

type OfField = (field: ResourceField) => string;

/** What this stack knows of a type; all of it is code. */
type TypeInCode = {
  /** The type of Python. */
  python: OfField;
  /** That of the API: a name, or the type of Python with the form of its values in JSON. */
  form: OfField;
  /** That of a query parameter, where it is another one. */
  query?: string;
  /** The type of a column, where the one of Python does not say it; of an item, in a list. */
  column?: { alone?: string; item: string };
  /** A value that is stored, as code. */
  value?: (stored: string) => string;
};

const always = (code: string) => () => code;
const itemBounds = (field: ResourceField) =>
  numericBounds(field.list ? { min: undefined, max: undefined } : field);

/** A call with the bounds that there are: `Text(min=1, max=200)`. */
export function callOf(name: string, bounds: Record<string, string | number | undefined>): string {
  const given = Object.entries(bounds).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${toValue(value)}`],
  );
  return `${name}(${given.join(', ')})`;
}

const annotated = (type: string, form: string) => `Annotated[${type}, ${form}]`;
const least = ({ optional }: ResourceField) => (optional ? undefined : 1);

const textForm = (field: ResourceField) =>
  annotated(
    'str',
    callOf('Text', { min: itemBounds(field).min ?? least(field), max: maxLength(field) }),
  );
const lengthForm = (name: string) => (field: ResourceField) =>
  annotated('str', callOf(name, { min: itemBounds(field).min, max: maxLength(field) }));
const inText = (bound: number | undefined) => (bound === undefined ? undefined : plain(bound));

/** A number without an exponent. */
const plain = (value: number) =>
  /e/.test(String(value)) ? value.toFixed(20).replace(/\.?0+$/, '') : String(value);

const words: TypeInCode = { python: always('str'), form: textForm, column: { item: 'String' } };

export const types: Record<FieldType, TypeInCode> = {
  string: words,
  text: { ...words, column: { item: 'Text' } },
  integer: {
    python: always('int'),
    form: (field) => annotated('int', callOf('Integer', itemBounds(field))),
    query: 'QueryInteger',
    column: { item: 'Integer' },
  },
  number: {
    python: always('float'),
    form: (field) => annotated('float', callOf('Number', itemBounds(field))),
    query: 'QueryNumber',
    column: { item: 'Double' },
  },
  decimal: {
    python: always('Decimal'),
    form(field) {
      const { min, max } = itemBounds(field);
      return annotated('Decimal', callOf('Numeric', { min: inText(min), max: inText(max) }));
    },
    column: { item: 'Numeric' },
    value: (stored) => `Decimal(${toLiteral(stored)})`,
  },
  boolean: {
    python: always('bool'),
    form: always('Boolean'),
    query: 'QueryBoolean',
    column: { item: 'Boolean' },
  },
  date: {
    python: always('date'),
    form: always('Date'),
    column: { item: 'Date' },
    value: (stored) => `date(${numbersIn(stored)})`,
  },
  time: {
    python: always('time'),
    form({ list, min, max }) {
      const bounds = list ? {} : { min, max };
      return annotated('time', callOf('Daytime', bounds));
    },
    column: { item: 'Time' },
    value: (stored) => `time(${numbersIn(stored)})`,
  },
  datetime: {
    python: always('datetime'),
    form: always('DateTime'),
    column: { item: 'DateTime(timezone=True)' },
    value: momentOf,
  },
  uuid: {
    python: always('UUID'),
    form: always('Uuid'),
    column: { item: 'Uuid' },
    value: (stored) => `UUID(${toLiteral(stored)})`,
  },
  email: { python: always('str'), form: lengthForm('Email'), column: { item: 'String' } },
  url: { python: always('str'), form: lengthForm('Url'), column: { item: 'String' } },
  json: {
    python: always('Any'),
    form: always('Json'),
    column: { alone: 'JSONB(none_as_null=True)', item: 'JSONB' },
  },
  enum: {
    python: always('str'),
    form: ({ values }) => annotated(`Literal[${values.map(toLiteral).join(', ')}]`, 'OneOf()'),
    column: { item: 'Text' },
  },
  ref: { python: always('UUID'), form: always('Uuid'), column: { item: 'Uuid' } },
};

/** Numbers without zeros before them: `2026, 1, 31`. */
const numbersIn = (text: string) => (text.match(/\d+/g) ?? []).map(Number).join(', ');

function momentOf(stored: string): string {
  const [date = '', clock = ''] = stored.replace('Z', '').split('T');
  const [seconds = '', milliseconds = '0'] = clock.split('.');
  const micro = Number(milliseconds) * 1000;
  const place = `${numbersIn(date)}, ${numbersIn(seconds)}`;
  return `datetime(${place}${micro === 0 ? '' : `, ${micro}`}, tzinfo=UTC)`;
}
