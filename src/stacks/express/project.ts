import * as agentWords from 'templates:express/agents';
import { templates as versionTemplates } from 'templates:express/old-version';
import { templates as serviceTemplates } from 'templates:express/service';
import { templates as webhookTemplates } from 'templates:express/service-webhook';
import type { Manifest } from '../../manifest/manifest.ts';
import { agentFiles } from '../agents/agent-files.ts';
import { composeParts } from '../compose.ts';
import { renderExtras } from '../extras/extras.ts';
import { oldVersionViews } from '../old-versions.ts';
import { secretsOf } from '../part.ts';
import { serviceNames } from '../services-view.ts';
import type { ProjectPart, RenderedFile } from '../stack.ts';
import { tidyComposed } from '../typescript/composed.ts';
import { layoutTypeScript } from '../typescript/layout.ts';
import { tidyTypeScript } from '../typescript/tidy.ts';
import { oldVersionView } from './old-versions-view.ts';
import { parts, partsOf } from './parts.ts';
import { projectView } from './project-view.ts';

/** The folder of the migrations. */
export const migrations = 'src/db/migrations';

/** The files that parts add to, and those with an import for each service. */
const composed = new Set([
  ...parts.flatMap(({ additions }) => additions.map(({ path }) => path)),
  'src/services/upstreams.ts',
  'src/services/webhook.routes.ts',
]);

/** The files of all parts of a project. */
export function renderProject(manifest: Manifest, tool: string): RenderedFile[] {
  const view = projectView(manifest, tool);
  const agents = agentFiles(manifest, agentWords, view);
  const files = [...composeParts(partsOf(manifest), view), ...agents]
    .filter(({ path }) => !view.leftOut.includes(path))
    .map(({ path, content }) => ({ path, content: laidOut(path, content) }));
  const clients = Object.keys(manifest.services ?? {}).flatMap((name) =>
    renderService(name, manifest),
  );
  const versions = oldVersionViews(manifest).map(({ name: version }) =>
    renderOldVersion(version, manifest),
  );
  return [...files, ...clients, ...versions.flat(), ...renderExtras(manifest)];
}

/** The client of another service. */
function renderService(name: string, manifest: Manifest): RenderedFile[] {
  const view = serviceNames(name, manifest);
  const templates = view.webhook ? [...serviceTemplates, ...webhookTemplates] : serviceTemplates;
  return templates.map(({ path, render }) => {
    const place = path.replaceAll('[path]', view.path);
    return { path: place, content: layoutTypeScript(render(view)) };
  });
}

/** What an old version of the API is made of. */
function renderOldVersion(name: string, manifest: Manifest): RenderedFile[] {
  const view = oldVersionView(name, manifest);
  return versionTemplates.map(({ path, render }) => {
    const text = layoutTypeScript(tidyTypeScript(render(view)));
    return { path: path.replaceAll('[version]', name), content: text };
  });
}

/** The parts of a project, with the migrations among their files. */
export function projectParts(manifest: Manifest): ProjectPart[] {
  const view = projectView(manifest, '*');
  return partsOf(manifest).map(({ name, templates }) => ({
    name,
    migrations: templates
      .filter(({ path }) => path.startsWith(`${migrations}/`))
      .map(({ path, render }) => ({ path, content: laidOut(path, render(view)) })),
  }));
}

/** The file with the secrets of this copy of the project. */
export const renderSecrets = (manifest: Manifest, newSecret: () => string): RenderedFile[] =>
  secretsOf(partsOf(manifest), newSecret);

/** The content of a file, sorted where parts added to it, with long lines broken. */
function laidOut(path: string, content: string): string {
  const text = composed.has(path) ? tidyComposed(path, content) : content;
  return path.endsWith('.ts') ? layoutTypeScript(text) : text;
}
