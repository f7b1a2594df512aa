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
  const viewed = viewOf(manifestIn(manifest, version), difference.old);
  const { change, delete: remove } = viewed.can;
  const names = { version, Version: version.toUpperCase(), isCompared: change || remove };
  const view = { ...viewed, ...names };
  const same = templates.filter(({ path }) => shared.test(path)).map(deeper);
  const own = oldShapeView(manifest, difference, view);
  return [...same, ...shapeTemplates].map((template) =>
    renderSource(template, { ...view, ...own }),
  );
}

/** A template of files in the folder of an endpoint, for the folder of a version in it. */
const deeper = ({ path, render }: Template): Template => ({
  path: path.replace(/\/(?=[^/]*$)/, '/[version]/'),
  render: (view, slots) => render(view, slots).replace(/(from '|import\(')\.\.\//g, '$1../../'),
});
