import type { Problem } from './errors.ts';
import type { Field } from './field.ts';
import { fieldJsonName, filterParameters } from './field.ts';

const listParameters: ReadonlySet<string> = new Set(
  'limit cursor page perPage search sortBy sortOrder'.split(' '),
);

/** What is wrong between the fields of one endpoint. */
export function fieldsProblems(fields: ReadonlyArray<readonly [string, Field]>): Problem[] {
  const owners = new Map<string, string>();
  const parameters = new Map<string, string>();
  return fields.flatMap(([name, field]) => {
    const spellings = [name, fieldJsonName(name, field)].map((each) => each.toLowerCase());
    const earlier = spellings.map((each) => owners.get(each)).find((each) => each !== undefined);
    for (const spelling of spellings) owners.set(spelling, name);
    if (earlier === undefined) return parameterProblems(name, field, parameters);
    return [sameName(earlier, name, fieldJsonName(name, field))];
  });
}

function sameName(earlier: string, name: string, json: string): Problem {
  if (earlier === name) {
    return { found: `\`${name}\` is given twice.`, expected: 'Expected each field once.' };
  }
  if (earlier.toLowerCase() === name.toLowerCase()) {
    const found = `\`${earlier}\` and \`${name}\` differ only in upper and lower case.`;
    return { found, expected: 'Rename or leave out one of them.' };
  }
  const both = json === name ? name : json;
  const found = `\`${earlier}\` and \`${name}\` would both be \`${both}\` in JSON.`;
  return { found, expected: 'Rename or leave out one of them.' };
}

function parameterProblems(name: string, field: Field, owners: Map<string, string>): Problem[] {
  return filterParameters(name, field).flatMap((parameter) => {
    if (listParameters.has(parameter)) {
      const found = `\`${name}\` has a filter, but every list has \`?${parameter}=\` already.`;
      return [{ found, expected: 'Rename it, or leave out `filter`.' }];
    }
    const owner = owners.get(parameter);
    owners.set(parameter, name);
    if (owner === undefined) return [];
    const found = `The filters of \`${owner}\` and \`${name}\` would both be \`?${parameter}=\`.`;
    return [{ found, expected: 'Rename one of them, or leave out its `filter`.' }];
  });
}
