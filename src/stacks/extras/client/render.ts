import { templates } from 'templates:client';
import type { Manifest } from '../../../manifest/manifest.ts';
import { layoutTypeScript } from '../../typescript/layout.ts';
import { tidyTypeScript } from '../../typescript/tidy.ts';
import type { Extra } from '../extra.ts';
import { parseClient } from './place.ts';
import { clientView } from './view.ts';

/** The client of an API in TypeScript. */
export function renderClient(manifest: Manifest): string {
  const [template] = templates;
  if (!template) throw new Error('there is no template for the client');
  const draw = (isTaken: (name: string) => boolean) =>
    template.render(clientView(manifest, isTaken));
  // A row is a `Post`, but where another type has that name already, as `Array` does.
  const taken = new Set(draw(() => true).match(/\b[A-Z]\w*/g));
  return layoutTypeScript(tidyTypeScript(draw((name) => taken.has(name))));
}

/** Whether a text is a client that this tool made, whatever its version. */
export const isClient = (text: string): boolean =>
  text.startsWith('/**\n * A client of the API of ');

export const client: Extra = {
  isIn: (manifest) => manifest.client !== undefined,
  render: (manifest) =>
    manifest.client === undefined
      ? []
      : [{ path: parseClient(manifest.client), content: renderClient(manifest) }],
};
