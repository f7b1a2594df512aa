import { CREATE, RUNNER_VARIABLE, runners, usualRunner } from '../manifest/tool.ts';

/** A command, or several, as typed in a project: with its `runner`. */
export function typed(command: string, runner = callingRunner(process.env)): string {
  const all = command.split(/ && (?=gen\b)/).map((each) => typedOne(each, runner));
  return all.join(' && ');
}

/** A text for people, with the commands in it as they are typed in a project. */
export const withTyped = (text: string, runner: string): string =>
  text.replace(/`(gen [a-z][^`]*)`/g, (_all, command: string) => `\`${typed(command, runner)}\``);

function typedOne(command: string, runner: string): string {
  if (/^gen\b/.test(command)) return `${runner} ${command}`.trimStart();
  return command.replace(/^create-backend\b/, CREATE);
}

/** The package manager that started this program: each sets this variable. */
export function callingManager(env: NodeJS.ProcessEnv): string | undefined {
  return env.npm_config_user_agent?.split('/', 1)[0];
}

/** What a project's own way to run this tool says of itself, else the runner of the package manager. */
export const callingRunner = (env: NodeJS.ProcessEnv): string =>
  env[RUNNER_VARIABLE] ?? runners[callingManager(env) ?? ''] ?? usualRunner;
