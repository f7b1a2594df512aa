// This tool is a package of npm's registry, whatever the projects that it makes are: what follows
// from that stands here, and nowhere else outside the stacks.

/** What packs this tool, and gets other versions of it. */
export const PACKAGER = 'npm';

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

/** The file of a version of this tool, by its name and where a project keeps it. */
export const packedFile = (version: string) => `create-backend-${version}.tgz`;
export const packedVersion = (version: string) => packedTool(packedFile(version));

/** Whether a file of the project is a tool that it keeps, which is not text. */
export const isPackedTool = (path: string) => path.startsWith(FOLDER) && path.endsWith('.tgz');
