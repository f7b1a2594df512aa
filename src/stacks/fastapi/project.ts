import type { Manifest } from '../../manifest/manifest.ts';
import { composeParts } from '../compose.ts';
import type { ProjectPart, RenderedFile } from '../stack.ts';
import { partsOf } from './parts.ts';
import { projectView } from './project-view.ts';

/** The folder of the migrations. */
export const migrations = 'migrations/versions';

/** The files of all parts of a project. */
export function renderProject(manifest: Manifest, tool: string): RenderedFile[] {
  const view = projectView(manifest, tool);
  return composeParts(partsOf(manifest), view).filter(({ path }) => !view.leftOut.includes(path));
}

/** The parts of a project, with the migrations among their files. */
export function projectParts(manifest: Manifest): ProjectPart[] {
  const view = projectView(manifest, '*');
  return partsOf(manifest).map(({ name, templates }) => ({
    name,
    migrations: templates
      .filter(({ path }) => path.startsWith(`${migrations}/`))
      .map(({ path, render }) => ({ path, content: render(view) })),
  }));
}

/** What only one copy of the project has. */
export function renderSecrets(manifest: Manifest, newSecret: () => string): RenderedFile[] {
  const secrets = partsOf(manifest).flatMap((part) => Object.entries(part.secrets));
  const content = secrets.map(([name, allows]) => {
    const warning = `Do not commit it: it allows ${allows}.`;
    return `# Generated for this copy of the project. ${warning}\n${name}=${newSecret()}\n`;
  });
  return content.length === 0 ? [] : [{ path: '.env', content: content.join('\n') }];
}
