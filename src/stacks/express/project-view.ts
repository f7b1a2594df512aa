import type { Manifest } from '../../spec/manifest.ts';

const commands = {
  npm: {
    install: 'npm install',
    run: 'npm run',
    exec: 'npx',
    test: 'npm test',
    start: 'npm start',
  },
  pnpm: {
    install: 'pnpm install',
    run: 'pnpm',
    exec: 'pnpm exec',
    test: 'pnpm test',
    start: 'pnpm start',
  },
  yarn: {
    install: 'yarn install',
    run: 'yarn',
    exec: 'yarn',
    test: 'yarn test',
    start: 'yarn start',
  },
  bun: {
    install: 'bun install',
    run: 'bun run',
    exec: 'bunx',
    test: 'bun run test',
    start: 'bun start',
  },
};

/** Everything that the templates of a project name. */
export function projectView({ name, auth, basePath, packageManager }: Manifest, tool: string) {
  return {
    name,
    basePath,
    tool,
    ...commands[packageManager],
    separator: packageManager === 'npm' ? ' --' : '',
    jwt: auth === 'jwt',
    isYarn: packageManager === 'yarn',
  };
}
