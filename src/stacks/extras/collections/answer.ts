import { type Line, quoted, type Tool } from './script.ts';

/** The statuses of an answer; of users with other roles than these, another one. */
export type Expected = { statuses: readonly number[]; may?: readonly string[] };

/** A value of a field: known, or what a variable has. */
export type Value = { json: unknown } | { variable: string; isNumber: boolean };

const codes: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  412: 'PRECONDITION_FAILED',
  422: 'VALIDATION_ERROR',
};

/** The status that an answer must have. */
export const answers =
  ({ statuses, may }: Expected): Line =>
  ({ get, status, test, expect }) => {
    const told = statuses.join(' or ');
    const right = `${expect}(${quoted(statuses)}).to.include(status);`;
    const first = `const status = ${status};`;
    if (may === undefined) {
      return [first, `${test}("answers ${told}", () => {`, `  ${right}`, '});'].join('\n');
    }
    return [
      first,
      `const mayDoSo = ${quoted(may)}.includes(${get('role')});`,
      `${test}(mayDoSo ? "answers ${told}" : "answers 403", () => {`,
      `  if (mayDoSo) ${right}`,
      `  else ${expect}(status).to.equal(403);`,
      '});',
    ].join('\n');
  };

/** What follows only where an answer has a status. */
export const where =
  (status: number, ...lines: readonly Line[]): Line =>
  (tool) => {
    const inner = lines.map((line) => line(tool)).join('\n');
    return `if (status === ${status}) {\n${indented(inner)}\n}`;
  };

const test = (name: string, expectations: readonly string[], tool: Tool) =>
  [`${tool.test}(${quoted(name)}, () => {`, ...expectations.map((each) => `  ${each}`), '});'].join(
    '\n',
  );

export const readBody: Line = ({ body }) => `const { data, meta } = ${body};`;

/** The form of every answer with data. */
export const hasForm: Line = (tool) =>
  test(
    'says when it was made, and for which request',
    [
      `${tool.expect}(Number.isNaN(Date.parse(meta.timestamp))).to.equal(false);`,
      `${tool.expect}(meta.requestId).to.equal(${tool.header('X-Request-Id')});`,
    ],
    tool,
  );

/** The fields of a row that an answer has, and those that are never sent. */
export const hasValues =
  (values: Readonly<Record<string, Value>>, hidden: readonly string[]): Line =>
  (tool) =>
    test(
      'has the row, and no private field',
      [
        `${tool.expect}(data.id).to.be.a("string");`,
        ...Object.entries(values).map(
          ([name, value]) =>
            `${tool.expect}(data[${quoted(name)}]).to.eql(${expressionOf(value, tool)});`,
        ),
        ...hidden.map((name) => `${tool.expect}(data).to.not.have.property(${quoted(name)});`),
      ],
      tool,
    );

function expressionOf(value: Value, { get }: Tool): string {
  if ('json' in value) return quoted(value.json);
  return value.isNumber ? `Number(${get(value.variable)})` : get(value.variable);
}

/** The form of a page, by the keys of its `meta` that are numbers. */
export const isPage =
  (numbers: readonly string[]): Line =>
  (tool) =>
    test(
      'is a page',
      [
        `${tool.expect}(data).to.be.an("array");`,
        ...numbers.map((name) => `${tool.expect}(meta[${quoted(name)}]).to.be.a("number");`),
      ],
      tool,
    );

/** A page that has the row of a variable. */
export const hasRow =
  (variable: string): Line =>
  (tool) =>
    test(
      'has the new row',
      [`${tool.expect}(data.map((row) => row.id)).to.include(${tool.get(variable)});`],
      tool,
    );

/** The form of a refusal, and the fields that it complains of. */
export const isRefused = (status: number, ...fields: readonly string[]): Line =>
  where(
    status,
    ({ body }) => `const { error } = ${body};`,
    (tool) =>
      test(
        'says what is wrong',
        [
          `${tool.expect}(error.code).to.equal(${quoted(codes[status])});`,
          ...fields.map(
            (field) =>
              `${tool.expect}(error.details.map((each) => each.field)).to.include(${quoted(field)});`,
          ),
        ],
        tool,
      ),
  );

/** Keeps something of an answer for the requests that follow. */
export const keeps =
  (variable: string, value: string): Line =>
  ({ set }) =>
    set(variable, value);

/** Keeps the tag of a row, which `If-Match` sends. */
export const keepsTag =
  (variable: string): Line =>
  ({ set, header }) =>
    set(variable, header('ETag'));

const indented = (text: string) =>
  text
    .split('\n')
    .map((line) => (line === '' ? line : `  ${line}`))
    .join('\n');
