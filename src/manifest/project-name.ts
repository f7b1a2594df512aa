import { builtinModules } from 'node:module';
import { kebabCase } from 'change-case';
import { UserError } from './errors.ts';
import { isWindowsDevice } from './reserved.ts';

// The rules are those of validate-npm-package-name (https://github.com/npm/validate-npm-package-name),
// whose newest version needs a newer Node than we do. Built-in modules count, as npm warns of them.
const refused: ReadonlySet<string> = new Set(['node_modules', 'favicon.ico', ...builtinModules]);

/** The name of a new project, which is its folder and its npm package. */
export function parseProjectName(input: string): string {
  const expected = fault(input);
  if (expected === undefined) return input;
  const found =
    input === ''
      ? 'The name of the project is empty.'
      : `\`${input}\` cannot be the name of a project.`;
  throw new UserError([{ found, expected }], `npx create-backend ${nearName(input)}`);
}

/** Whether npm takes it as the name of a package, with or without a scope. */
export function isPackageName(name: string): boolean {
  const bare = name.replace(/^@[a-z0-9-~][a-z0-9-._~]*\//, '');
  return name.length <= 214 && fault(bare) === undefined;
}

/** What npm expects instead, or undefined where the name is fine. */
function fault(name: string): string | undefined {
  if (name === '') return 'Expected a name, such as `my-api`.';
  if (name.startsWith('@')) return 'Expected a name without a scope, as it is a folder too.';
  if (/^[._-]/.test(name)) return 'Expected a letter or digit first.';
  if (/[A-Z]/.test(name)) return 'Expected small letters, as npm does.';
  if (!/^[a-z0-9._-]+$/.test(name))
    return 'Expected letters, digits, `-`, `_` and `.` only, as npm does.';
  if (isWindowsDevice(name) || name.endsWith('.'))
    return 'Expected a name that a folder can have on Windows too.';
  if (name.length > 214) return 'Expected at most 214 characters, as npm does.';
  if (refused.has(name)) return 'Expected a name that Node and npm do not use themselves.';
  return undefined;
}

/** A name that npm takes, as near to this one as can be. */
export function nearName(input: string): string {
  if (fault(input) === undefined) return input;
  const plain = kebabCase(input.replace(/^@[^/]*\//, '').replace(/[^A-Za-z0-9._-]+/g, ' ')).slice(
    0,
    60,
  );
  if (plain !== '' && fault(plain) === undefined) return plain;
  return fault(`${plain}-api`) === undefined ? `${plain}-api` : 'my-api';
}
