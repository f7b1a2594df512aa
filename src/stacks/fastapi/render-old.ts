import { templates as oldTemplates } from 'templates:fastapi/old-resource';
import type { Manifest } from '../../manifest/manifest.ts';
import { differingIn } from '../old-versions.ts';
import { layoutPython } from '../python/layout.ts';
import type { RenderedFile } from '../stack.ts';
import type { Template } from '../template.ts';
import { oldEndpointView } from './old-endpoint.ts';

/** What an endpoint of an old version has from the templates of every endpoint. */
const shared = ['schemas', 'router'].map((name) => `app/modules/[module]/${name}.py`);

/** The files of an endpoint in each old version that has it in another shape. */
export function renderOldShapes(
  manifest: Manifest,
  plural: string,
  templates: readonly Template[],
): RenderedFile[] {
  const usual = templates
    .filter(({ path }) => shared.includes(path))
    .map(({ path, render }) => ({ path: path.replace('[module]', '[module]/[version]'), render }));
  return differingIn(manifest, plural).flatMap((version) => {
    const view = oldEndpointView(manifest, version, plural);
    const places: Record<string, unknown> = { ...view, module: view.newestModule };
    return [...oldTemplates, ...usual].map(({ path, render }) => {
      const place = path.replace(/\[(\w+)\]/g, (_all, name: string) => String(places[name]));
      const content = render(view);
      return { path: place, content: place.endsWith('.py') ? layoutPython(content) : content };
    });
  });
}
