import { kebabCase } from 'change-case';
import { UserError } from './errors.ts';
import type { Rules } from './rules.ts';
import { shellWord } from './shell.ts';
import { CREATE } from './tool.ts';

/** The name of a new project, which is its package and its folder, in another one if that is said. */
export function parseProjectName(input: string, rules: Rules, parent = '.'): string {
  const expected = rules.nameFault(input);
  if (expected === undefined) return input;
  const found =
    input === ''
      ? 'The name of the project is empty.'
      : `\`${input}\` cannot be the name of a project.`;
  const near = nearName(input, rules);
  const path = parent === '.' ? near : `${parent.replace(/\/$/, '')}/${near}`;
  throw new UserError([{ found, expected }], `${CREATE} ${shellWord(path)}`);
}

/** The most similar name that a project can have. */
export function nearName(input: string, { nameFault }: Rules): string {
  if (nameFault(input) === undefined) return input;
  const plain = kebabCase(input.replace(/^@[^/]*\//, '').replace(/[^A-Za-z0-9._-]+/g, ' ')).slice(
    0,
    60,
  );
  if (plain !== '' && nameFault(plain) === undefined) return plain;
  return nameFault(`${plain}-api`) === undefined ? `${plain}-api` : 'my-api';
}
