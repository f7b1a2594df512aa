import type { Manifest } from '../../manifest/manifest.ts';
import type { LeftOut } from '../stack.ts';

/** GitHub reads these only at the root of a repository. */
const ofRepository = ['.github/dependabot.yml', '.github/workflows/ci.yaml'];

/** The files of a project that would work only in a folder above. */
export function leftOut({ above = [] }: Manifest): LeftOut[] {
  if (!above.includes('repository')) return [];
  return ofRepository.map((path): LeftOut => ({ path, root: 'repository' }));
}
