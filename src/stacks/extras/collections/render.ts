import type { Extra } from '../extra.ts';
import { brunoFiles } from './bruno.ts';
import { insomniaFiles } from './insomnia.ts';
import { planCollection } from './plan-collection.ts';
import { postmanFiles } from './postman.ts';

/** Requests that run at once, for the three tools that most people have. */
export const collections: Extra = {
  isIn: ({ collections: isWanted }) => isWanted === true,
  render(manifest) {
    const collection = planCollection(manifest);
    return [...postmanFiles(collection), ...insomniaFiles(collection), ...brunoFiles(collection)];
  },
};
