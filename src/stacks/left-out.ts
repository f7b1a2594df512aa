import type { Manifest } from '../manifest/manifest.ts';
import type { LeftOut } from './stack.ts';

type AtRoot = Omit<LeftOut, 'root'>;

/** GitHub reads these only at the root of a repository. */
const ofRepository: AtRoot[] = [
  { path: '.github/dependabot.yml' },
  { path: '.github/workflows/ci.yaml' },
];

/** These need the lock file, which is at the root of the workspace. */
const ofWorkspace: AtRoot[] = [
  { path: '.dockerignore' },
  { path: 'Dockerfile' },
  { path: 'compose.yaml' },
];

/** The files of a project that would work only in a folder above; `own` are those of its manager. */
export function leftOutOf({ above = [] }: Manifest, own: readonly AtRoot[]): LeftOut[] {
  const isMember = above.includes('workspace');
  const root = above.includes('repository') ? 'repository' : 'workspace';
  return [
    ...(isMember ? [...ofWorkspace, ...own] : []).map(
      (each): LeftOut => ({ ...each, root: 'workspace' }),
    ),
    ...(above.includes('repository') || isMember ? ofRepository : []).map(
      (each): LeftOut => ({ ...each, root }),
    ),
  ];
}
