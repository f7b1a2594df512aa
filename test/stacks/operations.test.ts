import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { express } from '../../src/stacks/express/express.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { emptyManifest } from './manifests.ts';

function render(changes: Partial<Manifest>, tool = '1.0.0') {
  const files = express.renderProject({ ...emptyManifest, ...changes }, tool);
  const texts = new Map(files.map(({ path, content }) => [path, content]));
  return (path: string) => texts.get(path) ?? '';
}

/** The stages of a Dockerfile, each a list of instructions and what follows them. */
function stagesOf(dockerfile: string): [instruction: string, rest: string][][] {
  const lines = dockerfile.replaceAll('\\\n', ' ').split('\n');
  const instructions = lines.flatMap((line): [string, string][] => {
    const [, instruction, rest] = /^([A-Z]+) +(.*)$/.exec(line) ?? [];
    return instruction && rest ? [[instruction, rest]] : [];
  });
  const stages: [string, string][][] = [];
  for (const each of instructions) {
    if (each[0] === 'FROM') stages.push([]);
    stages.at(-1)?.push(each);
  }
  return stages;
}

const runOf: Readonly<Record<string, string>> = {
  npm: 'npm run',
  pnpm: 'pnpm',
  yarn: 'yarn',
  bun: 'bun run',
};

describe.each(stacks.express.rules.packageManagers)(
  'what runs a project elsewhere, with %s',
  (packageManager) => {
    const file = render({ packageManager });
    const scripts = Object.keys(JSON.parse(file('package.json')).scripts);
    const stages = stagesOf(file('Dockerfile'));
    const last = stages.at(-1) ?? [];
    const valuesOf = (instruction: string) =>
      last.filter(([name]) => name === instruction).map(([, rest]) => rest);

    it('builds an image in stages that all begin with one exact version of Node', () => {
      const bases = stages.map(([first]) => first?.[1].replace(/ AS .*/, ''));
      expect(new Set(bases).size).toBe(1);
      expect(bases[0]).toMatch(/^node:24\.\d+\.\d+-bookworm-slim$/);
    });

    it('has in its last stage only what runs, as a user that is not root', () => {
      expect(valuesOf('COPY')).toEqual([
        '--from=build /app/package.json ./',
        '--from=build /app/node_modules ./node_modules',
        '--from=build /app/dist ./dist',
      ]);
      expect(Number(valuesOf('USER').at(-1))).toBeGreaterThan(0);
    });

    it('starts without a shell, so that SIGTERM arrives, and says whether it is healthy', () => {
      expect(JSON.parse(valuesOf('CMD').at(-1) ?? '')).toEqual(['node', 'dist/main.js']);
      const [, command = ''] = valuesOf('HEALTHCHECK').at(-1)?.split(' CMD ') ?? [];
      expect(JSON.parse(command).join(' ')).toContain('/health');
    });

    it('lets nothing into the image that is not named', () => {
      const [first, ...others] = file('.dockerignore').split('\n').filter(Boolean).slice(1);
      expect(first).toBe('*');
      expect(others.filter((line) => line.startsWith('!')).join()).not.toMatch(/env|data|git|test/);
      const copied = stages[0]
        ?.filter(([name]) => name === 'COPY')
        .flatMap(([, rest]) => rest.split(' ').slice(0, -1));
      for (const path of copied ?? []) expect(others).toContain(`!${path}`);
    });

    it('checks in the workflow what the scripts check', () => {
      const workflow = file('.github/workflows/ci.yaml');
      const run = runOf[packageManager];
      const ran = [...workflow.matchAll(/ run: (.+)$/gm)].map(([, command = '']) => command);
      for (const script of ['type-check', 'lint', 'format:check', 'test', 'build']) {
        expect(scripts).toContain(script);
        expect(ran).toContain(`${run} ${script}`);
      }
      expect(ran.filter((command) => command === `${run} test`)).toHaveLength(2);
      expect(workflow).toContain('permissions:\n  contents: read\n');
    });

    it('pins every action to a commit', () => {
      const uses = [...file('.github/workflows/ci.yaml').matchAll(/uses: (.+)$/gm)];
      expect(uses.length).toBeGreaterThan(2);
      for (const [, action] of uses)
        expect(action).toMatch(/^actions\/[\w-]+@[0-9a-f]{40} # v[\d.]+$/);
    });

    it('has no secret of its own, neither in the image nor beside it', () => {
      for (const path of ['Dockerfile', 'compose.yaml']) {
        const named = file(path).matchAll(/(?:PASSWORD|SECRET|TOKEN): *(.*)$/gm);
        for (const [, value] of named) expect(value).toMatch(/^\$\{\w+:\?.+\}$/);
      }
      expect(file('compose.yaml')).not.toMatch(/:\/\/[^@/]+:[^@/]+@/);
    });
  },
);

describe('a project that depends on a packed tool', () => {
  it('takes it into the build, and nothing else of its folder', () => {
    const file = render({}, 'file:.backend/tool.tgz');
    expect(file('Dockerfile')).toContain('COPY .backend ./.backend\nRUN npm ci');
    expect(file('.dockerignore')).toContain('!.backend/*.tgz\n');
    expect(render({})('Dockerfile')).not.toContain('.backend');
  });
});
