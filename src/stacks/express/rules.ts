import type { Rules } from '../../manifest/rules.ts';
import { runners, usualRunner } from '../../manifest/tool.ts';
import { nameFault, packageNameFault } from '../typescript/package-names.ts';
import { isObjectProperty, keptNames, reservedWords } from '../typescript/words.ts';

/** These read the members from package.json; pnpm has its own file. */
const readersOfPackage = ['npm', 'yarn', 'bun'];

export const rules: Rules = {
  packageManagers: ['npm', 'pnpm', 'yarn', 'bun'],
  apis: ['rest', 'both'],
  accounts: ['mail', 'browser', 'oidc'],
  nameFault,
  packageNameFault,
  language: 'TypeScript',
  reservedWords,
  keptNames: new Map([...keptNames, ['errorAnswers', 'failures']]),
  ownerOf: (name) => (isObjectProperty(name) ? 'JavaScript' : undefined),
  keptPaths: ['health', 'ready', 'docs'],
  runner: (packageManager) => runners[packageManager] ?? usualRunner,
  workspaces: {
    membersIn: async (read) => (await import('../typescript/workspaces.ts')).membersIn(read),
    isMemberFor: (manager, other) =>
      manager === other || [manager, other].every((each) => readersOfPackage.includes(each)),
    // pnpm and Bun link it into each member.
    hoisting: ['npm', 'yarn'],
  },
  schema: './node_modules/create-backend/dist/backend.schema.json',
  // The first version, which wrote no lock, generated none of these.
  lockedFiles: ['src/http/flat-router.ts', 'src/http/overload.ts', '.backend/undo.json'],
};
