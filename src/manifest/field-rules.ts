import { boundProblems, outsideProblems } from './bound-rules.ts';
import type { Problem } from './errors.ts';
import type { Field } from './field.ts';
import { fieldJsonName } from './field.ts';
import { isModifier } from './modifier-table.ts';
import { camelCase } from './names.ts';
import type { Rules } from './rules.ts';
import { numericBounds } from './sizes.ts';
import { typeRow } from './type-table.ts';

const serverFields: ReadonlySet<string> = new Set(['id', 'createdat', 'updatedat']);
const systemColumns: ReadonlySet<string> = new Set('cmax cmin ctid tableoid xmax xmin'.split(' '));

/** The last value of a page is part of a URL, and servers may refuse more than 8,000 characters. */
const longestSorted = 500;

/** What is wrong with one field, beyond what its schema checks. */
export function fieldProblems(name: string, field: Field, rules: Rules): Problem[] {
  return [
    ...fieldNameProblems(name, field, rules),
    ...valueProblems(name, field, rules),
    ...combinationProblems(name, field),
    ...boundProblems(name, field),
    ...sortProblems(name, field),
    ...defaultProblems(name, field),
  ];
}

/** What is wrong with the name of a field. */
export function fieldNameProblems(
  name: string,
  field: Pick<Field, 'type'>,
  rules: Rules,
): Problem[] {
  const jsonName = fieldJsonName(name, field);
  if (!/^[a-z][A-Za-z0-9]*$/.test(name)) {
    return [
      {
        found: name === '' ? 'A field has no name.' : `\`${name}\` is not a name for a field.`,
        expected:
          'Expected letters and digits, beginning with a lowercase letter, such as `placedAt`.',
      },
    ];
  }
  if (camelCase(name) !== name) {
    return [
      {
        found: `\`${name}\` has several capitals in a row.`,
        expected: `Expected \`${camelCase(name)}\`, so that its column has a readable name.`,
      },
    ];
  }
  if (field.type === 'ref' && /.Id$/.test(name)) {
    return [
      {
        found: `\`${name}\` is a ref, so it would be \`${jsonName}\` in JSON.`,
        expected: `Expected \`${name.slice(0, -2)}\`.`,
      },
    ];
  }
  const taken = [name, jsonName].find((each) => serverFields.has(each.toLowerCase()));
  if (taken !== undefined) {
    return [
      {
        found: `\`${taken}\` is reserved.`,
        expected: 'Every row has `id`, `createdAt` and `updatedAt` already: leave it out.',
      },
    ];
  }
  const owner =
    rules.ownerOf(name, 'field') ?? (systemColumns.has(name) ? 'PostgreSQL' : undefined);
  if (owner !== undefined) {
    return [{ found: `\`${name}\` is reserved by ${owner}.`, expected: 'Expected another name.' }];
  }
  return [];
}

function valueProblems(name: string, field: Field, rules: Rules): Problem[] {
  if (field.type === 'ref' && isModifier(field.to)) {
    const found = `\`${name}\` is a ref without an endpoint to refer to.`;
    return [{ found, expected: 'Expected the plural name of an endpoint, as in ref:users.' }];
  }
  if (field.type === 'ref' && field.owner && field.to !== 'users') {
    const found = `\`${name}\` is an owner, but refers to \`${field.to}\`.`;
    return [{ found, expected: `Only users can own rows: expected ${name}:ref:users:owner.` }];
  }
  if (field.type !== 'enum') return [];
  const { values } = field;
  const [first = ''] = values;
  // An enum takes no `owner`, so that it can only be a value.
  if (values.length === 1 && isModifier(first) && first !== 'owner') {
    const found = `\`${name}\` is an enum without values.`;
    return [{ found, expected: 'Expected values after the type, as in enum:draft,published.' }];
  }
  const twice = values.filter((value, place) => values.indexOf(value) !== place);
  return [
    ...[...new Set(twice)].map((value) => ({
      found: `\`${name}\` has the value \`${value}\` twice.`,
      expected: 'Expected each value once.',
    })),
    ...values.flatMap((value) => {
      const owner = rules.ownerOf(value, 'value');
      if (owner === undefined) return [];
      const found = `\`${name}\` has the value \`${value}\`, which is reserved by ${owner}.`;
      return [{ found, expected: 'Expected another value.' }];
    }),
  ];
}

function combinationProblems(name: string, field: Field): Problem[] {
  const has = (key: string) => key in field;
  const problems: Problem[] = [];
  const together = (key: string, others: string[], expected: string) => {
    for (const other of others.filter((each) => has(key) && has(each))) {
      problems.push({ found: `\`${name}\` has both \`${key}\` and \`${other}\`.`, expected });
    }
  };
  together(
    'private',
    ['search', 'filter', 'sort'],
    'A private field cannot be used in queries: leave one out.',
  );
  together(
    'self',
    ['search', 'filter', 'sort'],
    'Others could find out its values by asking for them: leave one out.',
  );
  together('self', ['private'], 'Nobody sees a private field anyway: leave `self` out.');
  together('self', ['owner'], 'The owner of a row is always answered: leave `self` out.');
  together(
    'list',
    ['unique', 'search', 'sort', 'default'],
    'A list has no single value: leave one out.',
  );
  together('unique', ['default'], 'A second row with the default would be refused: leave one out.');
  together(
    'optional',
    ['default'],
    'A field with a default may be left out anyway: leave `optional` out.',
  );
  together('owner', ['optional'], 'Every row has an owner: leave `optional` out.');
  together('owner', ['readonly'], 'The owner is always set by the server: leave `readonly` out.');
  together('owner', ['private'], 'The owner of a row is always answered: leave `private` out.');
  if (has('readonly') && !has('owner') && !has('optional') && !has('default')) {
    problems.push({
      found: `\`${name}\` is readonly and required, so no request could create a row.`,
      expected: 'Expected `optional` or a default as well.',
    });
  }
  return problems;
}

function sortProblems(name: string, field: Field): Problem[] {
  const { bounds, longest = 0 } = typeRow(field.type);
  if (!('sort' in field) || 'list' in field || bounds !== 'length') return [];
  const { max: length = longest } = numericBounds(field);
  if (length <= longestSorted) return [];
  const found = `\`${name}\` has \`sort\`, but may be ${length} characters long.`;
  const expected = `Sorted values are part of a URL: expected max=${longestSorted} or less.`;
  return [{ found, expected }];
}

function defaultProblems(name: string, field: Field): Problem[] {
  if (!('default' in field) || field.default === undefined || 'list' in field) return [];
  const value = field.default;
  const found = `The default of \`${name}\` is \`${value}\`.`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are refused
  if (typeof value === 'string' && /[\u0000-\u001f\u007f]/.test(value)) {
    return [
      {
        found: `The default of \`${name}\` has a control character.`,
        expected: 'Expected plain text.',
      },
    ];
  }
  if (typeRow(field.type).isFree && /^\s+$/.test(String(value))) {
    const blank = `The default of \`${name}\` is only white space.`;
    return [{ found: blank, expected: 'Expected a text that is not blank.' }];
  }
  if (field.type === 'enum') {
    if (field.values.includes(field.default)) return [];
    return [{ found, expected: `Expected one of its values: ${field.values.join(', ')}.` }];
  }
  return typeof value === 'boolean' ? [] : outsideProblems(found, field, value);
}
