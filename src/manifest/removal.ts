import { refsTo } from './endpoint-rules.ts';
import type { Problem } from './errors.ts';
import { UserError } from './errors.ts';
import { findOwn } from './find-own.ts';
import type { Manifest } from './manifest.ts';
import type { ResourceNames } from './names.ts';

/** The manifest without an endpoint; throws a UserError while another one refers to it. */
export function parseRemoval(
  typed: string,
  manifest: Manifest,
): { names: ResourceNames; after: Manifest } {
  const names = findOwn(typed, manifest, (meant = '--help') => `gen remove endpoint ${meant}`);
  const { [names.plural]: _gone, ...endpoints } = manifest.endpoints;
  const referring = Object.entries(endpoints).flatMap(([plural, endpoint]) =>
    refsTo(names.plural, endpoint).map((field) => ({ plural, field })),
  );
  const problems = referring.map(
    ({ plural, field }): Problem => ({
      found: `\`${field}\` of \`${plural}\` refers to \`${names.plural}\`.`,
      expected: 'Expected nothing that needs it any more.',
    }),
  );
  const [first] = referring;
  if (first !== undefined) {
    throw new UserError(problems, `gen field remove ${first.plural} ${first.field} --force`);
  }
  return { names, after: { ...manifest, endpoints } };
}
