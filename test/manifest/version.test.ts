import { expect, it } from 'vitest';
import { isNewer } from '../../src/manifest/version.ts';

it.each([
  ['0.2.0', '0.1.0', true],
  ['0.10.0', '0.9.1', true],
  ['1.0.0', '0.9.9', true],
  ['0.1.1', '0.1.1', false],
  ['0.1.0', '0.2.0', false],
  ['1.0.0', '1.0.0-rc.1', true],
  ['1.0.0-rc.1', '1.0.0', false],
  ['1.0.0-rc.10', '1.0.0-rc.9', true],
  ['1.0.0+build', '1.0.0', false],
  ['edited by hand', '1.0.0', false],
])('%s comes after %s: %s', (version, than, expected) => {
  expect(isNewer(version, than)).toBe(expected);
});
