import type { Manifest } from '../../manifest/manifest.ts';
import type { Section } from '../section.ts';
import { sectionsOf } from '../sections.ts';
import { rules } from './rules.ts';

/** The sections of the README about all endpoints. */
export function sections(manifest: Manifest): { path: string; sections: Section[] }[] {
  const { access, model } = readmeSections(manifest);
  return [{ path: 'README.md', sections: access ? [access, model] : [model] }];
}

/** The same by the names that the templates of the README use. */
export function readmeSections(manifest: Manifest): ReturnType<typeof sectionsOf> {
  return sectionsOf(manifest, rules.runner(manifest.packageManager));
}
