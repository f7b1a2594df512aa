import type { Rules } from '../../src/manifest/rules.ts';

const words = 'and break do else elseif end false for function if in local nil not or repeat';

export const rules: Rules = {
  packageManagers: ['rocks'],
  nameFault: (name) => (/^[a-z_]+$/.test(name) ? undefined : 'Expected small letters and `_`.'),
  apis: ['rest'],
  accounts: [],
  packageNameFault: (name) => (name === '' ? 'Expected the name of a rock.' : undefined),
  language: 'Lua',
  reservedWords: new Set(words.split(' ')),
  keptNames: new Map([['apps', 'programs']]),
  ownerOf: (name, of) => (name === 'self' && of === 'field' ? 'Lua' : undefined),
  keptPaths: ['ping'],
  runner: () => 'rocks run',
  lockedFiles: ['app.lua'],
};
