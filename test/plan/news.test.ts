import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { version } from '../../src/cli/package.ts';
import { newsSince } from '../../src/plan/news.ts';

const changelog = `# Changelog

## [Unreleased]

## [0.10.0] - 2026-03-01

### Added
- \`gen one\`.

### Fixed
- A fault.

## [0.9.0] - 2026-02-01

### Changed
- Another thing.

## [0.1.0]
- The first.
`;

it.each([
  ['0.9.0', '0.10.0', ['0.10.0']],
  ['0.1.0', '0.10.0', ['0.10.0', '0.9.0']],
  ['0.1.0', '0.9.0', ['0.9.0']],
  ['0.10.0', '0.10.0', []],
])('since %s, up to %s: %j', (since, upTo, versions) => {
  expect(newsSince(changelog, since, upTo).map((news) => news.version)).toEqual(versions);
});

it('keeps the headings and the lines of a version', () => {
  expect(newsSince(changelog, '0.9.0', '0.10.0')).toEqual([
    { version: '0.10.0', lines: ['### Added', '- `gen one`.', '### Fixed', '- A fault.'] },
  ]);
});

it('finds this version in the changelog of this repository', () => {
  const text = readFileSync(new URL('../../CHANGELOG.md', import.meta.url), 'utf8');
  const [news] = newsSince(text, '0.2.0', version);
  expect(news?.version).toBe(version);
  expect(news?.lines.length).toBeGreaterThan(1);
});
