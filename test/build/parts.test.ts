import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compileTemplates } from '../../src/build/compile-templates.ts';
import { packageRoot } from '../../src/project/package-root.ts';
import { composeParts, type PartTemplates } from '../../src/stacks/compose.ts';
import { tidyComposed } from '../../src/stacks/typescript/composed.ts';

const files = {
  'base/package.json.hbs':
    '{\n  "dependencies": {\n{{> dependencies}}\n    "express": "5.3.0",\n    "zod": "4.6.7"\n  }\n}\n',
  'base/src/app.ts.hbs':
    "{{> imports}}\nimport { name } from './about.ts';\nimport { logger } from './logger.ts';\n\nconst made = {\n{{> members}}\n};\n{{#> start}}\nlisten(name{{> inputs}});\n{{/start}}\n",
  'base/src/about.ts': "export const name = 'shop';\n",
  'mail/package.json.slots.hbs':
    '{{#*inline "dependencies"}}\n    "mailer": "1.0.0",\n    "a": "1.0.0",\n{{/inline}}\n',
  'mail/src/app.ts.slots.hbs':
    '{{#*inline "imports"}}\nimport { send } from \'./mail.ts\';\n{{/inline}}\n{{#*inline "members"}}\n  mail: send,\n{{/inline}}\n{{#*inline "inputs"}}, made{{/inline}}\n',
  'mail/src/mail.ts.hbs': "export const send = '{{word}}';\n",
  'jobs/src/app.ts.slots.hbs':
    '{{#*inline "members"}}\n  jobs: [],\n{{/inline}}\n{{#*inline "start"}}\nwork();\n{{/inline}}\n',
};

let folder: string;
let parts: Record<string, PartTemplates>;
beforeAll(async () => {
  // The modules find Handlebars only below the folder in which it is installed.
  const cache = join(packageRoot(import.meta.url), 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(join(cache, 'parts-'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  parts = {};
  for (const name of ['base', 'mail', 'jobs']) {
    const module = join(folder, `${name}.mjs`);
    await writeFile(module, await compileTemplates(join(folder, name)));
    parts[name] = await import(pathToFileURL(module).href);
  }
});
afterAll(() => rm(folder, { recursive: true }));

function compose(...names: string[]): Record<string, string> {
  const made = composeParts(
    names.flatMap((name) => parts[name] ?? []),
    { word: 'sent' },
  );
  return Object.fromEntries(
    made.map(({ path, content }) => [path, tidyComposed(path, content)] as const),
  );
}

it('leaves no trace of a slot that no part fills, and the content that a slot has of its own', () => {
  expect(compose('base')).toEqual({
    'package.json': '{\n  "dependencies": {\n    "express": "5.3.0",\n    "zod": "4.6.7"\n  }\n}\n',
    'src/app.ts':
      "import { name } from './about.ts';\nimport { logger } from './logger.ts';\n\nconst made = {};\nlisten(name);\n",
    'src/about.ts': "export const name = 'shop';\n",
  });
});

it('puts what a part adds to its places, imports and dependencies in order', () => {
  expect(compose('base', 'mail')).toEqual({
    'package.json':
      '{\n  "dependencies": {\n    "a": "1.0.0",\n    "express": "5.3.0",\n    "mailer": "1.0.0",\n    "zod": "4.6.7"\n  }\n}\n',
    'src/app.ts':
      "import { name } from './about.ts';\nimport { logger } from './logger.ts';\nimport { send } from './mail.ts';\n\nconst made = {\n  mail: send,\n};\nlisten(name, made);\n",
    'src/about.ts': "export const name = 'shop';\n",
    'src/mail.ts': "export const send = 'sent';\n",
  });
});

it('joins what several parts put into one slot, in their order', () => {
  const { 'src/app.ts': app } = compose('base', 'mail', 'jobs');
  expect(app).toContain('const made = {\n  mail: send,\n  jobs: [],\n};\nwork();\n');
});
