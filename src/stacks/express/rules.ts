import type { Rules } from '../../manifest/rules.ts';
import { runners, usualRunner } from '../../manifest/tool.ts';
import { nameFault, packageNameFault } from '../typescript/package-names.ts';
import { isObjectProperty, keptNames, reservedWords } from '../typescript/words.ts';

/** The first version made none of these. */
const later = ['src/http/flat-router.ts', 'src/http/overload.ts', '.backend/undo.json'];

export const rules: Rules = {
  packageManagers: ['npm', 'pnpm', 'yarn', 'bun'],
  nameFault,
  packageNameFault,
  language: 'TypeScript',
  reservedWords,
  keptNames: new Map([...keptNames, ['errorAnswers', 'failures']]),
  ownerOf: (name) => (isObjectProperty(name) ? 'JavaScript' : undefined),
  keptPaths: ['health', 'ready', 'docs'],
  runner: (packageManager) => runners[packageManager] ?? usualRunner,
  schema: './node_modules/create-backend/dist/backend.schema.json',
  isFirst: (exists) => !later.some(exists),
};
