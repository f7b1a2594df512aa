import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it, vi } from 'vitest';
import { agentPlatforms } from '../../src/manifest/choices.ts';
import { write } from '../cli/run-bin.ts';
import { copyProject, newProject, once, ownFolder } from './projects.ts';
import { mustRun } from './run.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 900_000 });

const packages = [
  'opencode-ai@1.18.33',
  '@google/gemini-cli@0.61.0',
  '@openai/codex@0.171.0',
  '@github/copilot@1.0.102',
];

let project: string;
/** Runs a program of an agent in the project, as somebody who trusts its folder. */
let ask: (command: string) => Promise<string>;

beforeAll(async () => {
  const programs = await once('agent-programs', async (folder) => {
    const flags = '--ignore-scripts --no-audit --no-fund --prefix .';
    await mustRun(`npm install ${flags} ${packages.join(' ')}`, folder);
    await mustRun('node postinstall.mjs', join(folder, 'node_modules/opencode-ai'));
  });
  project = await copyProject(await newProject(), await ownFolder('agent-programs-project'));
  const file = join(project, 'backend.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...manifest, agents: agentPlatforms }));
  await mustRun('npx gen apply', project);
  await mustRun('npm run format:check', project);
  await mustRun('git init --quiet', project);
  const home = await ownFolder('agent-programs-home');
  const trusted = JSON.stringify({ [project]: 'TRUST_FOLDER' });
  await write(home, '.gemini/trustedFolders.json', trusted);
  await write(home, '.codex/config.toml', `[projects."${project}"]\ntrust_level = "trusted"\n`);
  ask = (command) => mustRun(`${programs}/node_modules/.bin/${command}`, project, { HOME: home });
});

const skills = ['add-endpoint', 'change-endpoint'];

it('are read by OpenCode: agent, skills and MCP server', async () => {
  expect(await ask('opencode agent list')).toContain('backend-specialist (subagent)');
  const listed = await ask('opencode debug skill');
  for (const skill of skills) expect(listed).toContain(`"name": "${skill}"`);
  expect(await ask('opencode mcp list')).toMatch(/backend.*connected/);
});

it('are read by Gemini CLI: skills and MCP server', async () => {
  const listed = await ask('gemini skills list');
  for (const skill of skills) expect(listed).toContain(`${skill} [Enabled]`);
  // It waits five seconds for the server, which may be too short for npx on a busy machine.
  expect(await ask('gemini mcp list')).toContain('backend: npx --no gen mcp (stdio)');
});

it('are read by Codex: AGENTS.md, agent, skills and MCP server', async () => {
  const prompt = await ask('codex debug prompt-input hello');
  expect(prompt).toContain('# Working on');
  expect(prompt).toContain('backend-specialist: {');
  for (const skill of skills) expect(prompt).toContain(`- ${skill}: `);
  expect(await ask('codex mcp list')).toMatch(/backend +npx +--no gen mcp/);
});

it('are read by GitHub Copilot: skills', async () => {
  const listed = await ask('copilot skill list');
  for (const skill of skills) expect(listed).toContain(`  ${skill} - `);
});
