import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stacks } from '../../src/stacks/stacks.ts';
import { emptyFolder, executables, run, treeOf, write } from './run-bin.ts';
import { keys, open } from './terminal.ts';

const question = {
  name: 'Name of the project',
  stack: '? Stack',
  manager: '? Package manager',
  accounts: '? Accounts',
  parts: '? What do the accounts have?',
  api: '? Which API?',
  agents: '? Files for which coding agents?',
  install: '? Install the dependencies with',
  git: '? Create a git repository?',
};

describe('create-backend on a terminal', () => {
  it('asks from start to end, refuses a bad answer at once, and repeats itself as a command', async () => {
    const cwd = await emptyFolder();
    await write(cwd, 'full/a.txt', '');
    const screen = await open('create-backend', [], { cwd });
    await screen.see(`${question.name} (my-api)`);
    screen.type('Users!', keys.enter);
    await screen.see('`Users!` cannot be the name of a project. Expected lowercase letters');
    screen.type(keys.clear, 'full', keys.enter);
    await screen.see('full is not empty: it has a.txt.');
    screen.type(keys.clear, 'my-shop', keys.enter);
    await screen.see(question.stack);
    screen.type(keys.enter);
    await screen.see(question.accounts);
    screen.type(keys.down, keys.enter);
    await screen.see(question.api);
    screen.type(keys.enter);
    await screen.see(question.manager);
    screen.type(keys.down, keys.enter);
    await screen.see(question.agents);
    screen.type(keys.up, ' ', keys.up, ' ', keys.enter);
    await screen.see(`${question.install} pnpm? (Y/n)`);
    screen.type('n', keys.enter);
    await screen.see(`${question.git} (Y/n)`);
    screen.type('n', keys.enter);
    const { code, text } = await screen.end();
    expect(code).toBe(0);
    expect(text).toContain('Still to do:\n  cd my-shop\n  pnpm install\n');
    expect(text).toContain('Next:\n  pnpm run dev\n  pnpm exec gen endpoint posts');
    const last = text.trimEnd().split('\n').at(-1)?.trim();
    expect(last).toBe(
      'npx create-backend my-shop --stack express --auth none --accounts none --api rest --package-manager pnpm --agents codex,cursor --no-install --no-git --yes',
    );

    const again = await emptyFolder();
    const repeated = await run('create-backend', last?.split(' ').slice(2) ?? [], { cwd: again });
    expect(repeated).toMatchObject({ code: 0, stderr: '' });
    expect(await treeOf(join(again, 'my-shop'))).toEqual(await treeOf(join(cwd, 'my-shop')));
  });

  it('proposes all parts of accounts that the chosen stack has, each of which can be left out', async () => {
    const cwd = await emptyFolder();
    const flags = '--auth jwt --api rest --agents none --no-install --no-git --dry-run';
    const accept = async (...answer: string[]) => {
      const screen = await open('create-backend', ['shop', ...flags.split(' ')], {
        cwd,
      });
      await screen.see(question.stack);
      screen.type(keys.enter);
      await screen.see(question.parts);
      screen.type(...answer, keys.enter);
      await screen.see(question.manager);
      screen.type(keys.enter);
      const { code, text } = await screen.end();
      expect(code).toBe(0);
      return /--accounts (\S+)/.exec(text)?.[1];
    };
    const all = stacks.express.rules.accounts;
    expect(await accept()).toBe(all.join(','));
    expect(await accept(keys.space)).toBe(all.slice(1).join(',') || 'none');
  });

  it('asks only what no flag has answered, and takes the proposed name on Enter', async () => {
    const cwd = await emptyFolder();
    const flags =
      '--stack express --auth none --accounts none --api rest --package-manager npm --agents none --no-install --no-git';
    const screen = await open('create-backend', flags.split(' '), { cwd });
    await screen.see(question.name);
    screen.type(keys.enter);
    const { code, text } = await screen.end();
    expect(code).toBe(0);
    for (const each of [
      question.stack,
      question.accounts,
      question.api,
      question.manager,
      question.agents,
      question.install,
      question.git,
    ]) {
      expect(text).not.toContain(each);
    }
    expect(Object.keys(await treeOf(cwd))).toContain('my-api/backend.json');
  });

  it('refuses a folder that is full before it asks anything', async () => {
    const cwd = await emptyFolder();
    await write(cwd, 'full/a.txt', '');
    const { code, text } = await (await open('create-backend', ['full'], { cwd })).end();
    expect(code).toBe(1);
    expect(text).toContain('full is not empty');
    expect(text).not.toContain('?');
  });

  it.each([
    ['the first question', [], question.name],
    ['a later question', ['shop'], question.stack],
  ])('Ctrl-C in %s leaves nothing behind', async (_, args, seen) => {
    const cwd = await emptyFolder();
    const screen = await open('create-backend', args, { cwd });
    await screen.see(seen);
    screen.type(keys.ctrlC);
    const { code, text } = await screen.end();
    expect(code).toBe(130);
    expect(text).toContain('Cancelled. Nothing was written.');
    expect(await treeOf(cwd)).toEqual({});
  });

  it('Ctrl-C in the install keeps the project and says what is left to do', async () => {
    const cwd = await emptyFolder();
    const PATH = `${await executables({ npm: 'exec sleep 600' })}:${process.env.PATH}`;
    const args = ['shop', '--yes', '--no-git'];
    const screen = await open('create-backend', args, { cwd, env: { PATH } });
    await screen.see('Install the dependencies with npm … 1 s');
    screen.type(keys.ctrlC);
    const { code, text } = await screen.end();
    expect(code).toBe(130);
    expect(text).toContain('Still to do:\n  cd shop\n  npm install\n');
    expect(Object.keys(await treeOf(cwd))).toContain('shop/backend.json');
  });

  it('uses colours, and none with NO_COLOR', async () => {
    const cwd = await emptyFolder();
    const refused = { cwd, env: { NO_COLOR: '1' } };
    const screen = await open('create-backend', ['shop', '--dry-run', '--yes'], refused);
    const { raw } = await screen.end();
    expect(raw).not.toContain('\u001b[3');
    const colored = await open('create-backend', ['shop', '--dry-run', '--yes'], { cwd });
    expect((await colored.end()).raw).toContain('\u001b[32m   create\u001b[39m  backend.json');
  });
});
