/** How a tool says what a script does. */
export type Tool = {
  get(name: string): string;
  /** What the environment has from the start. */
  given(name: string): string;
  set(name: string, value: string): string;
  /** Leaves the request out. */
  skip: string;
  status: string;
  body: string;
  header(name: string): string;
  test: string;
  expect: string;
};

/** Some lines of a script, as a tool takes them. */
export type Line = (tool: Tool) => string;

/** A text as a literal of JavaScript. */
export const quoted = (value: unknown): string => JSON.stringify(value);

/** The tools whose scripts have one object, by its name. */
export const ofObject = (object: string): Tool => ({
  get: (name) => `${object}.environment.get(${quoted(name)})`,
  given: (name) => `${object}.environment.get(${quoted(name)})`,
  set: (name, value) => `${object}.environment.set(${quoted(name)}, ${value});`,
  skip: `${object}.execution.skipRequest();`,
  status: `${object}.response.code`,
  body: `${object}.response.json()`,
  header: (name) => `${object}.response.headers.get(${quoted(name)})`,
  test: `${object}.test`,
  expect: `${object}.expect`,
});

export const ofFunctions: Tool = {
  get: (name) => `bru.getVar(${quoted(name)})`,
  given: (name) => `bru.getEnvVar(${quoted(name)})`,
  set: (name, value) => `bru.setVar(${quoted(name)}, ${value});`,
  skip: 'bru.runner.skipRequest();',
  status: 'res.getStatus()',
  body: 'res.getBody()',
  header: (name) => `res.getHeader(${quoted(name.toLowerCase())})`,
  test: 'test',
  expect: 'expect',
};

/** A script as a tool takes it. */
export const scriptOf = (lines: readonly Line[], tool: Tool): string =>
  lines.map((line) => line(tool)).join('\n');

/** Leaves a request out where an earlier one did not set a variable. */
export const needs =
  (name: string): Line =>
  ({ get, skip }) =>
    `if (!${get(name)}) ${skip}`;

/** Leaves a request out for users with some of the roles. */
export const notFor =
  (roles: readonly string[]): Line =>
  ({ get, skip }) =>
    `if (${quoted(roles)}.includes(${get('role')})) ${skip}`;

export const sets =
  (name: string, value: string): Line =>
  ({ set }) =>
    set(name, value);
