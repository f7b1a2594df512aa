import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { planFile } from '../../src/plan/plan-file.ts';
import { express } from '../../src/stacks/express/express.ts';
import { syntaxOf } from '../../src/stacks/typescript/syntax.ts';
import { isSoundFile } from '../../src/stacks/typescript/wire/sound.ts';
import { manifestWith } from '../stacks/manifests.ts';

const TITLE = 'title:string:max=80';
const BODY = 'body:text:optional';
const VIEWS = 'views:integer:default=0:sort';
const manifestOf = (...fields: string[]) => manifestWith({ name: 'posts', fields });

const before = manifestOf(TITLE, BODY, VIEWS);
/** What `gen field` makes of it, and what fewer operations make of it. */
const changes: Record<string, Manifest> = {
  added: manifestOf(TITLE, BODY, VIEWS, 'summary:string:max=60:optional'),
  renamed: manifestOf('headline:string:max=80', BODY, VIEWS),
  changed: manifestOf('title:string:max=120', BODY, VIEWS),
  removed: manifestOf(TITLE, VIEWS),
  narrowed: manifestWith({
    name: 'posts',
    fields: [TITLE, BODY, VIEWS],
    only: 'list,create,update,delete',
  }),
};

type Files =
  | 'fixtures'
  | 'openapi'
  | 'repository'
  | 'routes'
  | 'schema'
  | 'service'
  | 'table'
  | 'test';

function rendered(manifest: Manifest, file: Files): string {
  const path = pathOf(file);
  const found = express.renderEndpoint(manifest, 'posts').find((each) => each.path === path);
  if (!found) throw new Error(`no ${path} is rendered`);
  return found.content;
}

const pathOf = (file: Files) => `src/modules/posts/posts.${file}.ts`;

type Edit = (text: string) => string;

/** Replaces a text that must be there. */
const swap =
  (from: string | RegExp, to: string): Edit =>
  (text) => {
    const edited = text.replace(from, () => to);
    if (edited === text) throw new Error(`${from} is not in the file`);
    return edited;
  };

const both =
  (...edits: Edit[]): Edit =>
  (text) =>
    edits.reduce((done, edit) => edit(done), text);

const top =
  (lines: string): Edit =>
  (text) =>
    `${lines}\n${text}`;
const end =
  (lines: string): Edit =>
  (text) =>
    `${text}${lines}\n`;
const behind = (line: string, added: string): Edit => swap(line, `${line}\n${added}`);

// What other formatters make of the files.
const doubleQuotes: Edit = (text) => text.replace(/'([^'"`\n]*)'/g, '"$1"');
const noLastCommas: Edit = (text) => text.replace(/,(\n\s*[)\]}])/g, '$1');
const fourSpaces: Edit = (text) => text.replace(/^(?: {2})+/gm, (indent) => indent.repeat(2));
const tabs: Edit = (text) => text.replace(/^(?: {2})+/gm, (s) => '\t'.repeat(s.length / 2));
const windows: Edit = (text) => text.replaceAll('\n', '\r\n');
const prettier = both(doubleQuotes, noLastCommas, fourSpaces);

const method = `    /** Makes a post visible. */
    async publish(id: string): Promise<void> {
      await repository.insert({ ...(await this.get(id)), views: 1 });
    },`;

type Unwoven = [name: string, file: Files, change: keyof typeof changes, edit: Edit];
/** `woven` is what was made of both where both edited one line. */
type Scenario = [...Unwoven, woven?: string[]];

const merged: Scenario[] = [
  // what people do to code
  [
    'an edited body of a handler',
    'routes',
    'narrowed',
    swap('res.status(204).end();', "req.log.info('gone');\n      res.sendStatus(204);"),
  ],
  [
    'an edited body of a method beside the columns',
    'repository',
    'added',
    swap('removed.numDeletedRows > 0n', 'removed.numDeletedRows === 1n'),
  ],
  [
    'a constant that was renamed where nothing new uses it',
    'repository',
    'added',
    both(
      swap('const rows = stored', 'const all = stored'),
      swap('paginateByCursor(rows,', 'paginateByCursor(all,'),
    ),
  ],
  [
    'an own method in the service',
    'service',
    'narrowed',
    behind(
      '    create(values: PostValues, on?: Database): Promise<PostRow> {\n      return repository.insert(values, on);\n    },',
      method,
    ),
  ],
  [
    'an own method in the repository',
    'repository',
    'added',
    swap(
      '    async remove(',
      "    count() {\n      return db.selectFrom('posts').select(db.fn.countAll().as('n')).executeTakeFirst();\n    },\n\n    async remove(",
    ),
  ],
  [
    'an own column in the type of the table',
    'table',
    'added',
    swap('  created_at: string;', '  search_rank: number | null;\n  created_at: string;'),
  ],
  [
    'an own rule for another field',
    'schema',
    'changed',
    swap('views: z.int32(),', 'views: z.int32().refine((n) => n % 2 === 0),'),
  ],
  [
    'an own rule behind the rule that changes',
    'schema',
    'changed',
    swap('text({ min: 1, max: 80 }),', "text({ min: 1, max: 80 }).refine((t) => t !== 'x'),"),
    ["title: text({ min: 1, max: 120 }).refine((t) => t !== 'x'),"],
  ],
  [
    'an own route before the final .all',
    'routes',
    'narrowed',
    swap(
      ".all(methodNotAllowed('GET', 'POST'));",
      ".options((_req, res) => {\n      res.set('Allow', 'GET, POST').status(204).end();\n    })\n    .all(methodNotAllowed('GET', 'POST'));",
    ),
  ],
  [
    'an own test at the end',
    'test',
    'added',
    end(
      "\ndescribe('mine', () => {\n  it('holds', () => {\n    expect(url).toContain('posts');\n  });\n});",
    ),
  ],
  [
    'a deleted test',
    'test',
    'added',
    swap(/\n {2}it\('answers the new row[\s\S]*?\n {2}}\);\n/, ''),
  ],
  ['a deleted describe', 'test', 'added', swap(/\ndescribe\('get', [\s\S]*?\n}\);\n/, '')],
  [
    'a line that was commented out',
    'routes',
    'narrowed',
    swap('  openapi.add(postsPaths);', '  // openapi.add(postsPaths);'),
  ],
  [
    'a comment behind the line that changes',
    'schema',
    'changed',
    swap('max: 80 }),', 'max: 80 }), // as in the old shop'),
    ['title: text({ min: 1, max: 120 }), // as in the old shop'],
  ],
  [
    'a comment above the line that changes',
    'schema',
    'changed',
    swap('  title: text(', '  // as in the old shop\n  title: text('),
  ],
  ['a licence on top', 'schema', 'added', top('// Copyright Ada. All rights reserved.\n')],
  ['a licence on top of a renamed field', 'repository', 'renamed', top('/* Copyright Ada. */')],
  [
    'an extracted constant',
    'schema',
    'added',
    both(
      swap('max: 20000 }', 'max: longest }'),
      swap(
        '/** The fields that a client can write. */',
        'const longest = 20000;\n\n/** The fields that a client can write. */',
      ),
    ),
  ],
  [
    'edited descriptions of the API',
    'openapi',
    'narrowed',
    both(swap("'List posts'", "'Every post, newest first'"), swap("'Deleted'", "'Gone for good'")),
  ],
  // imports
  [
    'a moved import',
    'schema',
    'added',
    both(
      swap("import { text } from '../../http/fields.ts';\n", ''),
      swap(
        "from '../../http/query.ts';",
        "from '../../http/query.ts';\nimport { text } from '../../http/fields.ts';",
      ),
    ),
  ],
  [
    'reordered imports',
    'repository',
    'renamed',
    (text) => {
      const imports = text.match(/^import [^;]*;\n/gm) ?? [];
      return `${imports.toReversed().join('')}${text.slice(imports.join('').length)}`;
    },
  ],
  [
    'an own import and its use',
    'schema',
    'renamed',
    both(
      swap('import { text }', "import { slug } from '../../slug.ts';\nimport { text }"),
      end('\nexport const fromTitle = slug;'),
    ),
  ],
  [
    'an own name in a line of imports',
    'schema',
    'added',
    both(swap('import { text }', 'import { choice, text }'), end('\nexport const kinds = choice;')),
  ],
  // fields
  [
    'a field of another name added at the same place',
    'repository',
    'added',
    swap("  'views',\n", "  'views',\n  'rank',\n"),
  ],
  [
    'a field that was deleted by hand in one of its places',
    'schema',
    'removed',
    swap('    body: writable.shape.body,\n', ''),
  ],
  [
    'a field that goes beside an own line',
    'repository',
    'removed',
    swap("  'body',\n", "  'body',\n  'mine',\n"),
  ],
  [
    'a field that goes beside an edited line',
    'schema',
    'removed',
    swap('title: text({ min: 1, max: 80 }),', 'title: text({ min: 2, max: 80 }),'),
  ],
  [
    'two edits around what is inserted',
    'schema',
    'added',
    both(
      swap('views: z.int32(),', 'views: z.int32().min(0),'),
      swap('/** Omitted fields get their defaults. */', '/** Defaults. */'),
    ),
  ],
  [
    'an edited neighbour of what is inserted',
    'fixtures',
    'added',
    swap('views: count,', 'views: count * 2,'),
  ],
  // layout
  ['all of it with double quotes', 'schema', 'added', doubleQuotes],
  ['all of it without last commas', 'schema', 'added', noLastCommas],
  ['all of it indented by four spaces', 'schema', 'renamed', fourSpaces],
  ['all of it indented by tabs', 'repository', 'added', tabs],
  ['all of it by another formatter', 'schema', 'added', prettier],
  ['all of it by another formatter: the repository', 'repository', 'renamed', prettier],
  ['all of it by another formatter: the tests', 'test', 'removed', prettier],
  [
    'another formatter and an own method',
    'service',
    'narrowed',
    both(behind('      return repository.insert(values, on);\n    },', method), prettier),
  ],
  [
    'another formatter and edits beside what changes',
    'schema',
    'changed',
    both(swap('views: z.int32(),', 'views: z.int32().min(0),'), prettier),
  ],
  [
    'lists broken over lines',
    'schema',
    'added',
    swap(
      'import { cursorQuery, sortOrder } from',
      'import {\n  cursorQuery,\n  sortOrder,\n} from',
    ),
  ],
  [
    'lines broken where one of them changes',
    'schema',
    'changed',
    swap('title: text({ min: 1, max: 80 }),', 'title: text({\n    min: 1,\n    max: 80,\n  }),'),
    ['  title: text({\n    min: 1,\n    max: 120,\n  }),'],
  ],
  [
    'white space alone',
    'schema',
    'added',
    both(
      swap('  views: z.int32(),\n', '  views: z.int32(),\n\n'),
      swap('const writable =', 'const  writable ='),
    ),
  ],
  ['the line endings of Windows', 'schema', 'added', both(top('// mine'), windows)],
  [
    'mixed line endings',
    'schema',
    'added',
    both(top('// mine'), (text) => text.replace('\n', '\r\n')),
  ],
  ['a byte order mark', 'schema', 'added', both(top('// mine'), (text) => `\uFEFF${text}`)],
  ['no last line break', 'schema', 'added', both(top('// mine'), (text) => text.slice(0, -1))],
];

describe('merges, and both sides have what they wrote', () => {
  it.each(merged)('%s', (_, file, change, edit, woven = []) => {
    const { base, yours, generated, plan } = run(file, change, edit);
    if (plan.status !== 'change') return expect(plan).toMatchObject({ status: 'change' });
    const content = plan.change.kind === 'update' ? plan.change.content : '';
    for (const line of woven) expect(content).toContain(line);
    const written = [...added(base, yours), ...added(base, generated)];
    const missing = missingIn(content, written);
    expect(missing.filter((line) => !isWoven(line, woven))).toEqual([]);
    expect(missingIn(content, gone(base, generated))).toEqual(gone(base, generated));
    expect(isSoundFile(pathOf(file), content)).toBe(true);
  });
});
const conflicting: Unwoven[] = [
  ['one rule changed by both', 'schema', 'changed', swap('max: 80 }', 'max: 100 }')],
  [
    'a field that was rewritten, and is renamed',
    'schema',
    'renamed',
    swap('title: text({ min: 1, max: 80 }),', "title: z.enum(['a', 'b']),"),
  ],
  [
    'an edited field that is removed',
    'schema',
    'removed',
    swap('body: text({ max: 20000 }).nullable(),', 'body: text({ max: 99 }).nullable(),'),
  ],
  [
    'a field that was renamed by hand to another name',
    'table',
    'renamed',
    swap('  title: string;', '  heading: string;'),
  ],
  [
    'the field added by hand in another way',
    'table',
    'added',
    swap('  created_at: string;', '  summary: string;\n  created_at: string;'),
  ],
  [
    'the field added by hand elsewhere',
    'table',
    'added',
    swap('  title: string;', '  summary: string | null;\n  title: string;'),
  ],
  [
    'a symbol that was renamed, and is used anew',
    'schema',
    'added',
    (text) => text.replaceAll('writable', 'fields'),
  ],
  [
    'the whole file rewritten',
    'schema',
    'added',
    () => "import { everything } from './everything.ts';\n\nexport default everything;\n",
  ],
  ['the whole file emptied', 'schema', 'added', () => ''],
  [
    'another formatter, and one rule changed by both',
    'schema',
    'changed',
    both(swap('max: 80 }', 'max: 100 }'), prettier),
  ],
];

describe('conflicts, and both versions stand between the markers', () => {
  it.each(conflicting)('%s', (_, file, change, edit) => {
    const { base, yours, generated, plan } = run(file, change, edit);
    if (plan.status !== 'notice' || plan.notice.kind !== 'conflict') {
      return expect(plan).toMatchObject({ notice: { kind: 'conflict' } });
    }
    const { snippet, message } = plan.notice;
    expect(message).toMatch(/your edits conflict with the generated changes in/);
    expect(missingIn(pick(snippet, 'yours'), added(base, yours))).toEqual([]);
    expect(missingIn(pick(snippet, 'generated'), added(base, generated))).toEqual([]);
  });
});

/** What the user did, and what is said about the file. */
const unchanged: [...Unwoven, kind: 'same' | 'kept'][] = [
  [
    'the same field added by hand before',
    'table',
    'added',
    swap('  created_at: string;', '  summary: string | null;\n  created_at: string;'),
    'same',
  ],
  [
    'a field that both added, and another that was added by hand',
    'table',
    'added',
    swap(
      '  created_at: string;',
      '  summary: string | null;\n  rank: number | null;\n  created_at: string;',
    ),
    'kept',
  ],
  [
    'a field that was renamed by hand before, in the type',
    'table',
    'renamed',
    swap('  title: string;', '  headline: string;'),
    'same',
  ],
  [
    'a field that was deleted by hand before',
    'table',
    'removed',
    swap('  body: string | null;\n', ''),
    'same',
  ],
];

describe('leaves what has it all', () => {
  it.each(unchanged)('%s', (_, file, change, edit, kind) => {
    const { plan } = run(file, change, edit);
    expect(plan).toMatchObject({ status: 'notice', notice: { kind } });
  });

  it('a file that the command does not change', () => {
    const { plan } = run('routes', 'added', swap('204', '200'));
    expect(plan).toMatchObject({ status: 'notice', notice: { kind: 'kept' } });
  });

  it('a deleted file, which stays deleted', () => {
    const { plan } = run('schema', 'added', () => undefined);
    expect(plan).toMatchObject({ status: 'notice', notice: { kind: 'kept' } });
  });
});

describe('replaces what nobody edited, in the manner of the file', () => {
  it.each<[string, Edit]>([
    ['as it was', (text) => text],
    ['with the line endings of Windows', windows],
    ['with a byte order mark', (text) => `\uFEFF${text}`],
    ['without a last line break', (text) => text.slice(0, -1)],
  ])('%s', (_, manner) => {
    const { generated, plan } = run('schema', 'changed', manner);
    expect(plan).toMatchObject({ status: 'change', change: { content: manner(generated) } });
  });
});

describe('a merged file in another layout', () => {
  it('has what was generated in that layout, too', () => {
    const { plan } = run('schema', 'added', prettier);
    const expected = prettier(rendered(changes.added ?? before, 'schema'));
    expect(plan).toMatchObject({ status: 'change', change: { content: expected } });
  });
});

describe('a file where nothing was generated before', () => {
  const version = { path: pathOf('schema'), base: undefined, generated: 'new\n' };
  it.each<[string, string | undefined, boolean, object]>([
    ['is created where there is none', undefined, false, { change: { kind: 'create' } }],
    ['is the same where it is there', 'new\n', false, { notice: { kind: 'same' } }],
    ['is refused where another one is there', 'mine\n', false, { status: 'refused' }],
    ['replaces another one by force', 'mine\n', true, { change: { kind: 'update' } }],
  ])('%s', (_, yours, force, outcome) => {
    expect(
      planFile(
        { ...version, yours },
        { force, isSound: isSoundFile, layOut: express.layOut, syntaxOf },
      ),
    ).toMatchObject(outcome);
  });
});

function run(file: Files, change: string, edit: (text: string) => string | undefined) {
  const base = rendered(before, file);
  const generated = rendered(changes[change] ?? before, file);
  const edited = edit(base);
  const versions = { path: pathOf(file), base, yours: edited, generated };
  const plan = planFile(versions, {
    force: false,
    isSound: isSoundFile,
    layOut: express.layOut,
    syntaxOf,
  });
  return { base, yours: edited ?? '', generated, plan };
}

/** The lines of a text by what is printed on them, whatever their layout. */
const inkOf = (text: string) =>
  text
    .split('\n')
    .map((line) =>
      line
        .replace(/\s+/g, '')
        .replaceAll('"', "'")
        .replace(/^\uFEFF|,$/g, ''),
    )
    .filter((line) => line !== '');

function added(base: string, side: string): string[] {
  const known = new Set(inkOf(base));
  return inkOf(side).filter((line) => !known.has(line));
}

const gone = (base: string, side: string) => added(side, base);

/** Whether a line is one of those that both sides edited: most of its words are in the result. */
function isWoven(line: string, woven: string[]): boolean {
  const words = line.match(/\w+/g) ?? [];
  return woven.some(
    (each) => words.filter((word) => each.includes(word)).length * 2 >= words.length,
  );
}

function missingIn(text: string, lines: string[]): string[] {
  const there = new Set(inkOf(text));
  return lines.filter((line) => !there.has(line));
}

/** One side of every conflict. */
function pick(text: string, side: 'yours' | 'generated'): string {
  const conflict = /<<<<<<< yours\r?\n([\s\S]*?)=======\r?\n([\s\S]*?)>>>>>>> generated\r?\n?/g;
  return text.replace(conflict, side === 'yours' ? '$1' : '$2');
}
