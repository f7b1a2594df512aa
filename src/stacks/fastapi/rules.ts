import type { Rules } from '../../manifest/rules.ts';
import { nameFault, packageNameFault } from '../python/package-names.ts';

export const rules: Rules = {
  packageManagers: ['uv'],
  apis: ['rest'],
  nameFault,
  packageNameFault,
  language: 'Python',
  // What is a keyword has another name in code (python/names.ts): one manifest serves all stacks.
  reservedWords: new Set(),
  keptNames: new Map(),
  ownerOf: () => undefined,
  keptPaths: ['health', 'ready', 'docs'],
  runner: () => 'uv run python -m',
  lockedFiles: ['app/main.py'],
};
