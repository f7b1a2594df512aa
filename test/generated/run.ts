import { execa } from 'execa';

export type Env = Record<string, string | undefined>;

/**
 * What npm, Vitest, the settings of a server and images of containers would tell a program that a
 * user starts. Without its bytecode, Python compiles everything again at each start.
 */
const ours =
  /^(npm_(package|lifecycle|command|execpath|node_execpath|config_(local_prefix|user_agent)).*|INIT_CWD|VITEST.*|TEST|NODE_ENV|NODE_OPTIONS|DATABASE_URL|DATA_DIR|HOST|PORT|LOG_LEVEL|BODY_LIMIT|FORCE_COLOR|PYTHONDONTWRITEBYTECODE)$/i;

/** Where nobody told git who works here, as in a container, it would refuse to commit. */
const committer = {
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
};

/** Our own environment without whatever only stands in it because a test runs. */
export function cleanEnv(more: Env = {}): Env {
  const kept = Object.entries(process.env).filter(([name]) => !ours.test(name));
  return { ...Object.fromEntries(kept), ...committer, NO_COLOR: '1', ...more };
}

/** Runs a command as it would be typed; what it printed, and how it ended. */
export async function run(command: string, cwd: string, env: Env = {}) {
  const { all, exitCode } = await execa(command, {
    cwd,
    shell: true,
    env: cleanEnv(env),
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    reject: false,
    timeout: 600_000,
  });
  return { command, output: all, exitCode };
}

/** The same for commands that have to work; the error shows what they printed instead. */
export async function mustRun(command: string, cwd: string, env: Env = {}): Promise<string> {
  const { output, exitCode } = await run(command, cwd, env);
  if (exitCode !== 0) throw new Error(`\`${command}\` ended with ${exitCode}:\n${output}`);
  return output;
}
