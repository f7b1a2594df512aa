import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { readTemplates, slotsOf } from '../../src/build/compile-templates.ts';
import type { AgentPlatform } from '../../src/manifest/choices.ts';
import { agentPlatforms } from '../../src/manifest/choices.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { express } from '../../src/stacks/express/express.ts';
import { fastapi } from '../../src/stacks/fastapi/fastapi.ts';
import { missingNames } from '../../src/stacks/template-names.ts';
import { accountsManifest, emptyManifest } from './manifests.ts';

const onFastapi = { stack: 'fastapi', packageManager: 'uv' };
const projects = [
  { name: 'Express', stack: express, manifest: { ...accountsManifest, graphql: true } },
  { name: 'Express without accounts', stack: express, manifest: emptyManifest },
  {
    name: 'FastAPI',
    stack: fastapi,
    manifest: { ...accountsManifest, ...onFastapi, graphql: true },
  },
  {
    name: 'FastAPI without accounts',
    stack: fastapi,
    manifest: { ...emptyManifest, ...onFastapi },
  },
];

const skills = (folder: string) =>
  ['add-endpoint', 'change-endpoint'].map((skill) => `${folder}/skills/${skill}/SKILL.md`);
const shared = skills('.agents');

const paths: Readonly<Record<AgentPlatform, string[]>> = {
  'claude-code': [
    '.claude/agents/backend-specialist.md',
    ...skills('.claude'),
    '.mcp.json',
    'CLAUDE.md',
  ],
  opencode: [...shared, '.opencode/agents/backend-specialist.md', 'opencode.json'],
  'gemini-cli': [...shared, '.gemini/agents/backend-specialist.md', '.gemini/settings.json'],
  'github-copilot': [...shared, '.github/agents/backend-specialist.agent.md', '.vscode/mcp.json'],
  codex: [...shared, '.codex/agents/backend-specialist.toml', '.codex/config.toml'],
  cursor: [...shared, '.cursor/agents/backend-specialist.md', '.cursor/mcp.json'],
};

describe.each(projects)('the files for coding agents, on $name', ({ stack, manifest }) => {
  const filesFor = (agents?: Manifest['agents']) =>
    stack.renderProject({ ...manifest, ...(agents && { agents }) }, '1.0.0');
  const without = filesFor();
  const added = (...agents: AgentPlatform[]) =>
    filesFor(agents).filter(({ path }) => without.every((file) => file.path !== path));
  const all = added(...agentPlatforms);
  const textOf = (path: string) => all.find((file) => file.path === path)?.content ?? '';

  it.each(agentPlatforms)('are those of %s, and the others stay as they are', (agent) => {
    expect(
      added(agent)
        .map(({ path }) => path)
        .sort(),
    ).toEqual(paths[agent].toSorted());
    expect(filesFor([agent])).toEqual(expect.arrayContaining(without));
  });

  it('are each there once for all agents', () => {
    const each = new Set(Object.values(paths).flat());
    expect(all.map(({ path }) => path).sort()).toEqual([...each].sort());
  });

  it('hold one text in every format', () => {
    const agents = all.filter(({ path }) => path.includes('backend-specialist'));
    const texts = agents.map(
      ({ content }) => /# Backend specialist\n.*running server\.\n/s.exec(content)?.[0],
    );
    expect(texts).toHaveLength(agentPlatforms.length);
    expect(new Set(texts).size).toBe(1);
    for (const skill of ['add-endpoint', 'change-endpoint']) {
      const path = `skills/${skill}/SKILL.md`;
      expect(textOf(`.agents/${path}`)).toBe(textOf(`.claude/${path}`));
    }
    expect(textOf('CLAUDE.md')).toBe('@AGENTS.md\n');
  });

  it('have no gaps, and one newline at the end', () => {
    for (const { content } of all) {
      expect(content).not.toMatch(/undefined|\{\{|\[object| $|\n\n\n/m);
      expect(content).toMatch(/[^\n]\n$/);
    }
  });

  it('begin with what each agent asks for', () => {
    const head = (path: string) =>
      z
        .looseObject({ description: z.string().max(1024) })
        .parse(parse(/^---\n(.*?)^---\n/ms.exec(textOf(path))?.[1] ?? ''));
    for (const path of [...shared, ...skills('.claude')]) {
      expect(head(path)).toMatchObject({ name: path.split('/').at(-2) });
    }
    const named = { name: 'backend-specialist' };
    expect(head('.claude/agents/backend-specialist.md')).toMatchObject(named);
    expect(head('.cursor/agents/backend-specialist.md')).toMatchObject(named);
    expect(head('.github/agents/backend-specialist.agent.md')).toMatchObject(named);
    expect(head('.opencode/agents/backend-specialist.md')).toMatchObject({ mode: 'subagent' });
    expect(head('.gemini/agents/backend-specialist.md')).toMatchObject({ ...named, kind: 'local' });
    // Nothing in it ends the literal text of TOML.
    expect(textOf('.codex/agents/backend-specialist.toml').split("'''")).toHaveLength(3);
  });

  it('start the same MCP server', () => {
    const [command, ...args] =
      manifest.stack === 'fastapi'
        ? ['uv', 'run', 'python', '-m', 'gen', 'mcp']
        : ['npx', '--no', 'gen', 'mcp'];
    const backend = { command, args };
    expect(JSON.parse(textOf('.mcp.json'))).toEqual({ mcpServers: { backend } });
    expect(JSON.parse(textOf('.cursor/mcp.json'))).toEqual({ mcpServers: { backend } });
    expect(JSON.parse(textOf('.gemini/settings.json'))).toMatchObject({ mcpServers: { backend } });
    expect(JSON.parse(textOf('.vscode/mcp.json'))).toMatchObject({ servers: { backend } });
    expect(JSON.parse(textOf('opencode.json'))).toMatchObject({
      mcp: { backend: { command: [command, ...args] } },
    });
  });

  it('tell of accounts and GraphQL only where there are any', () => {
    const told = textOf('.claude/agents/backend-specialist.md');
    expect(told.includes('Every route of this backend is public')).toBe(manifest.auth === 'none');
    expect(told.includes('GraphQL')).toBe('graphql' in manifest);
    expect(textOf('.agents/skills/add-endpoint/SKILL.md').includes('--access')).toBe(
      manifest.auth === 'jwt',
    );
  });
});

it.each(express.rules.packageManagers)(
  'never download what is not installed, with %s',
  (packageManager) => {
    const files = express.renderProject(
      { ...emptyManifest, packageManager, agents: ['opencode'] },
      '1.0.0',
    );
    const text = files.find(({ path }) => path === 'opencode.json')?.content ?? '';
    expect(text).not.toMatch(/"npx", "gen"|bunx|dlx/);
  },
);

/** `strict` lets `{{#if missing}}` pass silently. */
describe('the templates of their texts', async () => {
  const folder = fileURLToPath(new URL('../../templates/agents/texts', import.meta.url));
  const view = { name: '', exec: '', hasAccounts: true, hasGraphql: true };

  it.each(await readTemplates(folder))('$path names what the view has, and slots', ({ text }) => {
    const slots = slotsOf(text).map((slot) => `> ${slot}`);
    const missing = missingNames(Handlebars.parse(text), [view]);
    expect(missing.filter(({ name }) => !slots.includes(name))).toEqual([]);
  });
});
