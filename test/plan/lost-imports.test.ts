import { expect, it } from 'vitest';
import type { Change } from '../../src/manifest/change.ts';
import { findLostImports } from '../../src/plan/lost-imports.ts';
import { express } from '../../src/stacks/express/express.ts';
import { filesOf } from './virtual.ts';

const once = 'export function once() {}\nexport const keep = 1;\n';
const app = 'export type Dependencies = { db: string };\nexport const createApp = () => 1;\n';
const pagination = 'export const [byPage, byCursor] = [1, 2];\n';

/** What a newer version moves, takes away and keeps. */
const changes: Change[] = [
  { kind: 'delete', path: 'src/http/pagination.ts', before: pagination },
  { kind: 'delete', path: '.backend/create-backend-0.2.0.tgz', before: new Uint8Array() },
  { kind: 'create', path: 'src/db/pagination.ts', content: 'export const byPage = 1;\n' },
  {
    kind: 'create',
    path: 'src/dependencies.ts',
    content: "export type { Dependencies } from './x.ts';",
  },
  { kind: 'update', path: 'src/app.ts', before: app, content: 'export const createApp = () => 1;' },
  { kind: 'update', path: 'src/idempotency.ts', before: once, content: 'export const keep = 1;\n' },
];
const had = Object.fromEntries(
  changes.flatMap((change) => ('before' in change ? [[change.path, String(change.before)]] : [])),
);

const told = async (
  path: string,
  text: string,
  notices: Parameters<typeof findLostImports>[0]['notices'] = [],
) =>
  (
    await findLostImports({
      changes,
      notices,
      stack: express,
      files: filesOf({ ...had, [path]: text }),
    })
  ).map((each) => `${each.path}:${each.line} ${each.message}`);

const mine = 'src/modules/ping/ping.routes.ts';
const fromApp = `${mine}:1 imports \`Dependencies\` from src/app.ts: it was moved to src/dependencies.ts`;
const fromOnce = `${mine}:1 imports \`once\` from src/idempotency.ts: it was removed`;

it.each<[what: string, text: string, expected: string[]]>([
  ['a type that moved', "import type { Dependencies } from '../../app.ts';", [fromApp]],
  ['it under another name', "import { type Dependencies as D } from '../../app.js';", [fromApp]],
  ['it by an alias', "import type { Dependencies } from '@/app';", [fromApp]],
  ['what is passed on', "export { once } from '../../idempotency.ts';", [fromOnce]],
  [
    'the lines of an import that has several',
    "import {\n  byCursor,\n  byPage,\n} from '../../http/pagination.ts';",
    [
      `${mine}:2 imports \`byCursor\` from src/http/pagination.ts: it was removed`,
      `${mine}:3 imports \`byPage\` from src/http/pagination.ts: it was moved to src/db/pagination.ts`,
    ],
  ],
  [
    'a file that is gone, by its name alone',
    "\nvi.mock('../../http/pagination.ts');\nimport * as pages from '../../http/pagination.ts';",
    [
      `${mine}:2 names src/http/pagination.ts, which was removed`,
      `${mine}:3 names src/http/pagination.ts, which was removed`,
    ],
  ],
  ['nothing of what is there still', "import { keep } from '../../idempotency.ts';", []],
  ['nothing of a file of another folder', "import { once } from './idempotency.ts';", []],
  ['nothing of a package', "import { once } from 'idempotency';", []],
])('tells where code of a person takes what an upgrade moves: %s', async (_, text, expected) => {
  expect(await told(mine, text)).toEqual(expected);
});

it('passes over a file that is a conflict, whose code is not settled', async () => {
  const open = { message: '', snippet: '', yours: '', generated: '' };
  const notices = [{ kind: 'conflict' as const, path: mine, ...open }];
  expect(await told(mine, "import type { Dependencies } from '../../app.ts';", notices)).toEqual(
    [],
  );
});
