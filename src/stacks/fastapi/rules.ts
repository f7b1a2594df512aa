import type { Rules } from '../../manifest/rules.ts';
import { nameFault, packageNameFault } from '../python/package-names.ts';
import { reservedWords } from '../python/words.ts';

export const rules: Rules = {
  packageManagers: ['uv'],
  apis: ['rest'],
  nameFault,
  packageNameFault,
  language: 'Python',
  reservedWords,
  keptNames: new Map(),
  ownerOf: () => undefined,
  keptPaths: ['health', 'ready', 'docs'],
  runner: () => 'npx',
  lockedFiles: ['app/main.py'],
};
