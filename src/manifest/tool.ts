// This tool is a package of the npm registry, whatever the projects are that it creates: what follows
// from that is here, and nowhere else outside the stacks.

/** The program that packs this tool and installs other versions of it. */
export const PACKAGER = 'npm';

/** How users run `create-backend`, whatever the stack of the project is. */
export const CREATE = 'npx create-backend';

/** How a project gets a version of this tool. */
export const installTool = (version: string) => `npm install --save-dev create-backend@${version}`;

/** How each package manager runs an installed program, and never downloads one of that name. */
export const runners: Readonly<Record<string, string>> = {
  npm: 'npx',
  pnpm: 'pnpm exec',
  yarn: 'yarn',
  bun: 'bun run',
};

/** The default runner. */
export const usualRunner = 'npx';

/** Set by a script of a project that runs this tool: what people type before `gen`. */
export const RUNNER_VARIABLE = 'CREATE_BACKEND_RUNNER';

const FOLDER = '.backend/';

/** Where a project keeps a packed version of this tool that no registry has. */
export const packedTool = (file: string) => `${FOLDER}${file}`;

/** The packed file of a version, by its name and by its path in a project. */
export const packedFile = (version: string) => `create-backend-${version}.tgz`;
export const packedVersion = (version: string) => packedTool(packedFile(version));

/** Whether a file of the project is a packed version of this tool, which is not text. */
export const isPackedTool = (path: string) => path.startsWith(FOLDER) && path.endsWith('.tgz');
