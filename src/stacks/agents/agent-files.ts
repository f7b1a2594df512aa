import * as claudeCode from 'templates:agents/claude-code';
import * as codex from 'templates:agents/codex';
import * as cursor from 'templates:agents/cursor';
import * as geminiCli from 'templates:agents/gemini-cli';
import * as githubCopilot from 'templates:agents/github-copilot';
import * as opencode from 'templates:agents/opencode';
import * as skills from 'templates:agents/skills';
import * as texts from 'templates:agents/texts';
import type { AgentPlatform } from '../../manifest/choices.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { PartTemplates } from '../compose.ts';
import { composeParts } from '../compose.ts';
import type { RenderedFile } from '../stack.ts';

const platforms: Readonly<Record<AgentPlatform, PartTemplates>> = {
  'claude-code': claudeCode,
  opencode,
  'gemini-cli': geminiCli,
  'github-copilot': githubCopilot,
  codex,
  cursor,
};

/** What the texts name of a project: how programs are run, and `gen mcp` without installing it. */
type Told = { name: string; exec: string; server: string };

/**
 * The files for the coding agents of a project: one text about each subject, `words` being what the
 * stack says in it, in the format of each agent.
 */
export function agentFiles(
  { agents = [], auth, graphql }: Manifest,
  words: PartTemplates,
  told: Told,
): RenderedFile[] {
  if (agents.length === 0) return [];
  const answers = { hasAccounts: auth === 'jwt', hasGraphql: graphql === true };
  const written = composeParts([texts, { ...words, templates: [] }], { ...told, ...answers });
  const view = { ...textsIn(written), server: serverOf(told.server) };
  // All agents but Claude Code read the same folder of skills.
  const shared = agents.some((agent) => agent !== 'claude-code') ? [skills] : [];
  return composeParts([...shared, ...agents.map((agent) => platforms[agent])], view);
}

/** The texts by the names that the formats of the agents have for them. */
function textsIn(written: readonly RenderedFile[]) {
  const textOf = (path: string) => written.find((file) => file.path === path)?.content;
  return {
    specialist: textOf('specialist.md'),
    addEndpoint: textOf('add-endpoint.md'),
    changeEndpoint: textOf('change-endpoint.md'),
  };
}

/** The command that starts the MCP server, as JSON and TOML have it. */
function serverOf(server: string) {
  const words = server.split(' ').map((word) => JSON.stringify(word));
  const [command, ...args] = words;
  return { command, args: `[${args.join(', ')}]`, words: `[${words.join(', ')}]` };
}
