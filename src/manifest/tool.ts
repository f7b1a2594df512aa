import type { Tool } from './change.ts';

/** How a person runs the program that makes projects: it is a package of npm, whatever it makes. */
export const CREATE = 'npx create-backend';

/** How a project gets a version of this tool. */
export const installTool = (version: string) => `npm install --save-dev create-backend@${version}`;

/** How package managers of npm's registry run a program that is installed, and no stranger's. */
export const runners: Readonly<Record<string, string>> = {
  npm: 'npx',
  pnpm: 'pnpm exec',
  yarn: 'yarn',
  bun: 'bun run',
};

/** How our programs are run where nothing says otherwise. */
export const usualRunner = 'npx';

const FOLDER = '.backend/';

/** Where a project keeps the tool, if no registry has it. */
export const packedTool = (file: string) => `${FOLDER}${file}`;

/** The file of a version of this tool. */
export const packedVersion = (version: string) => packedTool(`create-backend-${version}.tgz`);

/** Whether a file of the project is a tool that it keeps, which is not text. */
export const isPackedTool = (path: string) => path.startsWith(FOLDER) && path.endsWith('.tgz');

/** What a project says in its package.json to depend on the tool. */
export function toolReference(tool: Tool): string {
  return tool.kind === 'registry' ? tool.version : `file:${packedTool(tool.file)}`;
}
