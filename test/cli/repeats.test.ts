import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Command, Option } from 'commander';
import { beforeAll, describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/create-program.ts';
import { genProgram } from '../../src/cli/gen-program.ts';
import { version } from '../../src/cli/package.ts';
import { pathOf } from '../../src/cli/typed-flags.ts';
import { UserError } from '../../src/manifest/errors.ts';
import { formatLock } from '../../src/manifest/lock.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { projectOf } from '../plan/virtual.ts';
import { accountsManifest, grown } from '../stacks/manifests.ts';
import { argumentsOf, leavesOf, runHere, wordsOf } from './programs.ts';

/** A program and the command in it, made anew: what was typed once stays with it. */
function find(path: string): { program: Command; command: Command } {
  const program = path.startsWith('gen ') ? genProgram(stacks) : createProgram(stacks);
  const command = leavesOf(program).find((each) => pathOf(each) === path);
  if (command === undefined) throw new Error(`There is no ${path}`);
  return { program, command };
}

const paths = [genProgram(stacks), createProgram(stacks)].flatMap(leavesOf).map(pathOf);
/** The command that a text begins with. */
const pathIn = (text: string) =>
  paths
    .filter((each) => `${text} `.startsWith(`${each} `))
    .toSorted((a, b) => b.length - a.length)[0] ?? '';
const optionsOf = (path: string) =>
  find(path).command.options.filter(({ long }) => long !== '--version');

/** Each option of a command alone, and all of them at once. */
function timesTyped(path: string): [title: string, options: Option[]][] {
  const options = optionsOf(path);
  const alone = options.map((option): [string, Option[]] => [`${path} ${option.long}`, [option]]);
  return [...alone, [`${path} with every option`, options]];
}

async function suggestionOf(
  program: Command,
  [, ...words]: string[],
  options: Option[],
  cwd = tmpdir(),
) {
  const { stderr } = await runHere(program, [...words, ...options.flatMap(wordsOf)], cwd);
  const [, suggestion] = /^(?:Try|.* run): (.+)$/m.exec(stderr) ?? [];
  if (suggestion === undefined) throw new Error(`Nothing was suggested:\n${stderr}`);
  return suggestion;
}

function expectAll(suggestion: string, options: Option[]) {
  for (const option of options) {
    const said = wordsOf(option).join(' ');
    expect(` ${suggestion} `.split(` ${said} `), suggestion).toHaveLength(2);
  }
}

describe('whatever a command refuses, what it suggests has every flag that was typed', () => {
  it.each(paths.flatMap(timesTyped))('%s', async (title, options) => {
    const path = pathIn(title);
    const { program, command } = find(path);
    const again = [path, ...argumentsOf(command)].join(' ');
    command.action(() => {
      throw new UserError([{ found: 'It is so.', expected: 'Expected otherwise.' }], again);
    });
    const suggestion = await suggestionOf(program, again.split(' '), options);
    expect(suggestion).toMatch(new RegExp(`^npx ${again}( --|$)`));
    expectAll(suggestion, options);
  });
});

describe('another command, and the help, have no flag of this one', () => {
  it.each(['gen upgrade', 'gen endpoint --help', 'git diff backend.json', 'create-backend my-api'])(
    '%s',
    async (suggested) => {
      const { program, command } = find('gen endpoint');
      command.action(() => {
        throw new UserError([{ found: 'It is so.', expected: 'Expected otherwise.' }], suggested);
      });
      const options = command.options.filter(({ long }) => long === '--force' || long === '--yes');
      const words = ['gen', 'endpoint', 'posts', 'title'];
      const suggestion = await suggestionOf(program, words, options);
      expect(suggestion.replace(/^npx /, '')).toBe(suggested);
    },
  );
});

const manifest = grown(accountsManifest, {
  name: 'posts',
  fields: ['title:string', 'note:text'],
});

/** A project as its texts are, with some of them changed. */
async function projectWith(changed: Record<string, string> = {}): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'repeats-'));
  const lock = formatLock(version, { manifest, lineage: {} });
  const texts = { ...projectOf(manifest), 'backend.lock.json': lock, ...changed };
  for (const [path, text] of Object.entries(texts)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

describe('a mistake', () => {
  let cwd: string;
  beforeAll(async () => {
    cwd = await projectWith();
  });

  const mistakes: [typed: string, meant: string][] = [
    ['gen endpoint secrets titel:strng:private', 'gen endpoint secrets titel:string:private'],
    ['gen field add posts price:decmal:private', 'gen field add posts price:decimal:private'],
    ['gen field change posts titel:text:private', 'gen field change posts title:text:private'],
    ['gen field rename posts titel headline', 'gen field rename posts title headline'],
    ['gen field remove posts nots', 'gen field remove posts note'],
    ['gen endpoint rename title:string', 'gen endpoint renames title:string'],
    ['gen remove endpoint psots', 'gen remove endpoint posts'],
    ['create-backend Shop', 'create-backend shop'],
  ];
  const typedWith = mistakes.flatMap(([typed, meant]) => {
    const path = pathIn(typed);
    return timesTyped(path).map(([title, options]) => [title, typed, meant, options] as const);
  });

  it.each(typedWith)('is mended with all the rest: %s', async (_, typed, meant, options) => {
    const words = typed.split(' ');
    const path = pathIn(typed);
    const suggestion = await suggestionOf(find(path).program, words, options, cwd);
    expect(suggestion).toMatch(new RegExp(`^npx ${meant}( --|$)`));
    expectAll(suggestion, options);
  });
});

describe('a shared file that has to be edited by hand', () => {
  const typed = ['gen endpoint notes title:string', 'gen remove endpoint posts --force'];
  const cases = typed.flatMap((command) => {
    const path = pathIn(command);
    const given = timesTyped(path).map(([title, options]): [string, string, Option[]] => {
      return [title, command, options.filter(({ long }) => !command.includes(String(long)))];
    });
    return given;
  });

  it.each(cases)(
    'is asked for with the same command afterwards: %s',
    async (_, command, options) => {
      const routes = 'export const postsRoutes = {\n';
      const cwd = await projectWith({ 'src/routes.ts': routes });
      const { program } = find(command.startsWith('gen remove') ? 'gen remove' : 'gen endpoint');
      const suggestion = await suggestionOf(program, command.split(' '), options, cwd);
      expect(suggestion).toContain(`npx ${command.replace(' --force', '')} `.trimEnd());
      expectAll(suggestion, options);
    },
  );
});
