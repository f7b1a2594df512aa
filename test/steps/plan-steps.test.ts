import { expect, it } from 'vitest';
import { stacks } from '../../src/stacks/stacks.ts';
import { install } from '../../src/stacks/typescript/install.ts';
import { gitSteps } from '../../src/steps/plan-steps.ts';

const line = ({ command, args }: { command: string; args: string[] }) =>
  [command, ...args].join(' ');

it('installs with the package manager of the project', () => {
  expect(stacks.express.rules.packageManagers.map((each) => line(install(each)))).toEqual([
    'npm install',
    'pnpm install',
    'yarn install',
    'bun install',
  ]);
});

it('starts a repository, adds and commits', () => {
  expect(gitSteps().map(line)).toEqual([
    'git init -b main',
    'git add --all',
    'git commit -m Create the project',
  ]);
});
