import type { Tool } from './change.ts';

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
