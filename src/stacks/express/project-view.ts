import { hasPart } from '../../manifest/account-parts.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { knownRoles } from '../../manifest/roles.ts';
import { toolNote } from '../typescript/tool-note.ts';
import { graphqlOverview } from './graphql-overview.ts';
import { leftOut } from './left-out.ts';
import { oldVersionsView } from './old-versions-view.ts';
import { rolesView } from './roles-view.ts';
import { readmeSections } from './sections.ts';
import { servicesView } from './services-view.ts';

type Told = {
  install: string;
  run: string;
  exec: string;
  server: string;
  test: string;
  start: string;
  setup: string;
  cache: string;
  lockFiles: string[];
  lockedInstall: string;
  dropDevelopment: string;
};

/**
 * The commands of a package manager: `setup` installs it where Node comes without it, `server` starts
 * what only an installed project has, and never downloads it.
 */
const commands: Readonly<Record<string, Told>> = {
  npm: {
    install: 'npm install',
    run: 'npm run',
    exec: 'npx',
    server: 'npx --no gen mcp',
    test: 'npm test',
    start: 'npm start',
    setup: '',
    cache: 'npm',
    lockFiles: ['package-lock.json'],
    lockedInstall: 'npm ci --ignore-scripts',
    dropDevelopment: 'npm prune --omit=dev',
  },
  pnpm: {
    install: 'pnpm install',
    run: 'pnpm',
    exec: 'pnpm exec',
    server: 'pnpm exec gen mcp',
    test: 'pnpm test',
    start: 'pnpm start',
    setup: 'npm install --global pnpm@12.21.0',
    cache: 'pnpm',
    lockFiles: ['pnpm-lock.yaml', 'pnpm-workspace.yaml'],
    lockedInstall: 'pnpm install --frozen-lockfile',
    dropDevelopment: 'CI=true pnpm prune --prod',
  },
  yarn: {
    install: 'yarn install',
    run: 'yarn',
    exec: 'yarn',
    server: 'yarn gen mcp',
    test: 'yarn test',
    start: 'yarn start',
    setup: 'npm install --global --force @yarnpkg/cli-dist@4.18.1',
    cache: 'yarn',
    lockFiles: ['yarn.lock', '.yarnrc.yml'],
    lockedInstall: 'yarn install --immutable',
    dropDevelopment: 'yarn workspaces focus --all --production',
  },
  bun: {
    install: 'bun install',
    run: 'bun run',
    exec: 'bunx',
    server: 'bun run gen mcp',
    test: 'bun run test',
    start: 'bun start',
    setup: 'npm install --global bun@1.4.5',
    cache: '',
    lockFiles: ['bun.lock'],
    lockedInstall: 'bun install --frozen-lockfile',
    dropDevelopment: 'rm -rf node_modules && bun install --frozen-lockfile --production',
  },
};

/** The files that only one package manager reads. */
const settings = { pnpm: 'pnpm-workspace.yaml', yarn: '.yarnrc.yml' };

/** Everything that the templates of a project name. */
export function projectView(manifest: Manifest, tool: string) {
  const { name, roles, basePath, packageManager, above } = manifest;
  const without = leftOut(manifest).map(({ path }) => path);
  const told = commands[packageManager];
  if (told === undefined) throw new Error(`nothing is known of ${packageManager}`);
  return {
    name,
    basePath,
    hasAccounts: manifest.auth === 'jwt',
    tool,
    ...told,
    separator: packageManager === 'npm' ? ' --' : '',
    // Dependabot reads the lock files of npm, pnpm and Yarn under one name.
    ecosystem: packageManager === 'bun' ? 'bun' : 'npm',
    browser: hasPart(manifest, 'browser'),
    mail: hasPart(manifest, 'mail'),
    oidc: hasPart(manifest, 'oidc'),
    roles: rolesView(knownRoles(roles)),
    sections: readmeSections(manifest),
    isMember: above?.includes('workspace') ?? false,
    hasLinterAbove: above?.includes('linter') ?? false,
    hasImage: !without.includes('Dockerfile'),
    hasWorkflow: !without.includes('.github/workflows/ci.yaml'),
    leftOut: Object.entries(settings)
      .flatMap(([manager, file]) => (manager === packageManager ? [] : file))
      .concat(without),
    isPacked: toolNote.isPacked(tool),
    ...servicesView(manifest),
    ...oldVersionsView(manifest),
    ...graphqlOverview(manifest),
  };
}
