import { describe, expect, test } from 'vitest';
import { parseProjectName } from '../../src/manifest/project-name.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { refusal } from './refusal.ts';

const { rules } = stacks.express;

describe('the name of a project', () => {
  test.each(['my-api', 'api2', '2fast', 'a.b_c', 'a'.repeat(214)])('%s', (name) => {
    expect(parseProjectName(name, rules)).toBe(name);
  });

  test.each([
    ['', 'The name of the project is empty.', 'my-api'],
    ['My API', 'Expected lowercase letters, as npm requires.', 'my-api'],
    ['myApi', 'Expected lowercase letters', 'my-api'],
    ['.api', 'Expected a letter or digit first.', 'api'],
    ['_api', 'Expected a letter or digit first.', 'api'],
    ['-api', 'Expected a letter or digit first.', 'api'],
    ['..', 'Expected a letter or digit first.', 'my-api'],
    ['my api', 'Expected only letters, digits, `-`, `_` and `.`,', 'my-api'],
    ['../api', 'Expected a letter or digit first.', 'api'],
    ['a/b', 'Expected only letters, digits, `-`, `_` and `.`,', 'a-b'],
    ['café', 'Expected only letters, digits', 'caf'],
    ['@acme/api', 'Expected a name without a scope', 'api'],
    ['node_modules', 'Expected a name that Node and npm do not reserve.', 'node-modules'],
    ['favicon.ico', 'do not reserve', 'favicon-ico'],
    ['http', 'do not reserve', 'http-api'],
    ['fs', 'do not reserve', 'fs-api'],
    ['con', 'on Windows', 'con-api'],
    ['nul.api', 'on Windows', 'nul-api'],
    ['api.', 'on Windows', 'api'],
    ['a'.repeat(215), 'Expected at most 214 characters', 'a'.repeat(60)],
  ])('refused: %j', (name, message, works) => {
    const error = refusal(() => parseProjectName(name, rules));
    expect(error.message).toContain(message);
    expect(error.command).toBe(`npx create-backend ${works}`);
    expect(parseProjectName(works, rules)).toBe(works);
  });

  test('may have a scope in backend.json', () => {
    expect(rules.packageNameFault('@acme/api')).toBeUndefined();
    expect(rules.packageNameFault('@acme')).toMatch(/npm package/);
    expect(rules.packageNameFault('@acme/')).toMatch(/npm package/);
  });
});
