import type { Manifest } from '../../manifest/manifest.ts';
import type { LeftOut } from '../stack.ts';

/** GitHub reads these only at the root of a repository. */
const ofRepository = ['.github/dependabot.yml', '.github/workflows/ci.yaml'];

/** These need the lock file, which is at the root of the workspace. */
const ofWorkspace: Omit<LeftOut, 'root'>[] = [
  { path: '.dockerignore' },
  { path: 'Dockerfile' },
  { path: 'compose.yaml' },
];

/** Files that a package manager reads only at the root, and what is needed there. */
const settings: Readonly<Record<string, Omit<LeftOut, 'root'>[]>> = {
  pnpm: [
    {
      path: 'pnpm-workspace.yaml',
      need: "`allowBuilds`, as pnpm approve-builds '!esbuild' '!@scarf/scarf' writes it",
    },
  ],
  yarn: [{ path: '.yarnrc.yml', need: '`nodeLinker: node-modules`' }],
};

/** The files of a project that would work only in a folder above. */
export function leftOut({ above = [], packageManager }: Manifest): LeftOut[] {
  const hasRepository = above.includes('repository');
  const isMember = above.includes('workspace');
  const root = hasRepository ? 'repository' : 'workspace';
  return [
    ...(isMember ? [...ofWorkspace, ...(settings[packageManager] ?? [])] : []).map(
      (each): LeftOut => ({ ...each, root: 'workspace' }),
    ),
    ...(isMember || hasRepository ? ofRepository : []).map((path): LeftOut => ({ path, root })),
  ];
}
