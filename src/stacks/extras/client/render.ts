import { templates } from 'templates:client';
import type { Manifest } from '../../../manifest/manifest.ts';
import { layoutTypeScript } from '../../typescript/layout.ts';
import { tidyTypeScript } from '../../typescript/tidy.ts';
import type { Extra } from '../extra.ts';
import { parseClient } from './place.ts';
import { clientView } from './view.ts';

/** The parts of the one file, in their order. */
const concerns = [
  'types',
  'options',
  'errors',
  'calls',
  'failures',
  'requests',
  'tokens',
  'connect',
].map((name) => {
  const template = templates.find(({ path }) => path === `${name}.ts`);
  if (!template) throw new Error(`there is no template for the ${name} of the client`);
  return template;
});

/** The client of an API in TypeScript. */
export function renderClient(manifest: Manifest): string {
  const draw = (isTaken: (name: string) => boolean) => {
    const view = clientView(manifest, isTaken);
    return concerns.map((template) => template.render(view)).join('');
  };
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
