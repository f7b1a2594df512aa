// Apart from the schemas, so that the command line can name them without loading any parser.

export const auths = ['jwt', 'none'] as const;
export type Auth = (typeof auths)[number];

/** Parts of the accounts, of which a project may have any. */
export const accountParts = ['mail', 'browser', 'oidc'] as const;
export type AccountPart = (typeof accountParts)[number];

/** The coding agents for which a project can have files of their own. */
export const agentPlatforms = [
  'claude-code',
  'opencode',
  'gemini-cli',
  'github-copilot',
  'codex',
  'cursor',
] as const;
export type AgentPlatform = (typeof agentPlatforms)[number];

/** REST alone, or GraphQL beside it. */
export type Api = 'rest' | 'both';

/** What folders above a project can have that concerns it: see `above` in the schema. */
export const aboves = ['repository', 'workspace', 'linter'] as const;
export type Above = (typeof aboves)[number];

export const operations = ['list', 'get', 'create', 'replace', 'update', 'delete'] as const;
export type Operation = (typeof operations)[number];

export const paginations = ['cursor', 'offset'] as const;
