import { templates as shapeTemplates } from 'templates:express/old-shape';
import type { Manifest } from '../../manifest/manifest.ts';
import { manifestIn } from '../../manifest/old-versions.ts';
import { shapeDifference } from '../endpoint/shape-difference.ts';
import type { RenderedFile } from '../stack.ts';
import type { Template } from '../template.ts';
import { oldShapeView } from './old-shape-view.ts';
import { renderSource } from './render-source.ts';
import { viewOf } from './resource-view.ts';

/** What an old version shares with the newest one: templates, not files. */
const shared = /\.(schema|openapi|routes)\.ts$/;

/** The files of an endpoint in an old version that has it in another shape. */
export function renderOldShape(
  manifest: Manifest,
  version: string,
  plural: string,
  templates: readonly Template[],
): RenderedFile[] {
  const difference = shapeDifference(manifest, version, plural);
  const view = {
    ...viewOf(manifestIn(manifest, version), difference.old),
    version,
    Version: version.toUpperCase(),
  };
  const same = templates
    .filter(({ path }) => shared.test(path))
    .map((template) => {
      const { path, content } = renderSource(template, view);
      return { path: path.replace(/\/(?=[^/]*$)/, `/${version}/`), content: deeper(content) };
    });
  const own = oldShapeView(manifest, difference, view);
  return [
    ...same,
    ...shapeTemplates.map((template) => renderSource(template, { ...view, ...own })),
  ];
}

/** The imports of a file that stands one folder deeper. */
const deeper = (text: string) => text.replace(/(from '|import\(')\.\.\//g, '$1../../');
