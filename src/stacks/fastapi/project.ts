import * as agentWords from 'templates:fastapi/agents';
import { templates as routeTemplates } from 'templates:fastapi/old-routes';
import { templates as serviceTemplates } from 'templates:fastapi/service';
import { templates as webhookTemplates } from 'templates:fastapi/service-webhook';
import type { Manifest } from '../../manifest/manifest.ts';
import { agentFiles } from '../agents/agent-files.ts';
import { composeParts } from '../compose.ts';
import { renderExtras } from '../extras/extras.ts';
import { secretsOf } from '../part.ts';
import { layoutPython } from '../python/layout.ts';
import { sortImports } from '../python/sort-imports.ts';
import type { ProjectPart, RenderedFile } from '../stack.ts';
import { parts, partsOf } from './parts.ts';
import { projectView } from './project-view.ts';
import { serviceView } from './services-view.ts';

/** The folder of the migrations. */
export const migrations = 'migrations/versions';

/** What follows from endpoints and services is laid out as their own files are. */
const made = new Set([
  'app/graphql/schema.py',
  'app/upstream/clients.py',
  'app/webhooks/router.py',
]);

/** The files that parts add to. */
const composed = new Set(parts.flatMap(({ additions }) => additions.map(({ path }) => path)));

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
  const routes = view.versions
    .filter(({ differing }) => differing)
    .flatMap((version) =>
      routeTemplates.map(({ path, render }) => ({
        path: path.replace('[name]', version.name),
        content: layoutPython(render(version)),
      })),
    );
  return [...files, ...clients, ...routes, ...renderExtras(manifest)];
}

/** The client of another service. */
function renderService(name: string, manifest: Manifest): RenderedFile[] {
  const view = serviceView(name, manifest);
  const templates = view.webhook ? [...serviceTemplates, ...webhookTemplates] : serviceTemplates;
  return templates.map(({ path, render }) => ({
    path: path.replaceAll('[module]', view.module),
    content: layoutPython(render(view)),
  }));
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

/** The file with the secrets of this copy of the project. */
export const renderSecrets = (manifest: Manifest, newSecret: () => string): RenderedFile[] =>
  secretsOf(partsOf(manifest), newSecret);

/** The content of a file, sorted where parts added to it. */
function laidOut(path: string, content: string): string {
  if (made.has(path)) return layoutPython(content);
  return composed.has(path) && path.endsWith('.py') ? sortImports(content) : content;
}
