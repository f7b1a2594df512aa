import gt from 'semver/functions/gt.js';
import valid from 'semver/functions/valid.js';

/** Whether a version comes after another (Semantic Versioning 2.0.0); an invalid one never does. */
export function isNewer(version: string, than: string): boolean {
  return valid(version) !== null && gt(version, than);
}
