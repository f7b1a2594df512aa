import type { ts } from 'ts-morph';
import type { WireResult } from '../../../manifest/change.ts';
import { addToList } from './add-to-list.ts';
import { type Braces, type Entry, wireBraces } from './braces.ts';
import { databaseFor, findServices } from './find-services.ts';
import { applyRemovals, type Removal, removeElement } from './remove.ts';
import { otherMentions } from './remove-import.ts';
import { unwireBraces } from './unwire-braces.ts';

/** The object that holds the services of all endpoints. */
const services: Braces<ts.ObjectLiteralExpression, ts.ObjectLiteralElementLike> = {
  importedBy: 'import',
  place: '// in the object that createServices returns',
  end: ',',
  find: findServices,
  propertiesOf: ({ properties }) => properties,
  codeOf(create, at) {
    const database = at ? databaseFor(at.braces, at.scopes) : 'db';
    return database === undefined
      ? { reason: 'no variable with the database was found' }
      : `${create}(${database})`;
  },
  add: (source, object, name, code) =>
    addToList(source, object, object.properties.at(-1), `${name}: ${code}`),
  remove: removeService,
  notMadeOf: (create) => `is not created by ${create}`,
  foundElsewhere: (create) => `${create} is used by another property`,
  leftBehind: (source, { from }) => ({
    nodes: otherMentions(source, from),
    reason: `${from} is used otherwise than to import its service`,
  }),
};

/** Adds the service of an endpoint to the object of all services. */
export const wireServices = (text: string | undefined, service: Entry): WireResult =>
  wireBraces(text, service, services);

/** Takes the service of an endpoint out of the object that holds those of all. */
export const unwireServices = (text: string | undefined, service: Entry): WireResult =>
  unwireBraces(text, service, services);

function removeService(
  text: string,
  { properties, end }: ts.ObjectLiteralExpression,
  property: ts.ObjectLiteralElementLike,
): Removal[] {
  const removals = removeElement(properties, property, end - 1);
  const inside = { start: properties.pos, end: end - 1 };
  const left = applyRemovals(
    text.slice(inside.start, inside.end),
    removals.map((each) => ({ start: each.start - inside.start, end: each.end - inside.start })),
  );
  // Braces on one line that are now empty are written as the formatter writes them.
  return /^[ \t]*$/.test(left) ? [inside] : removals;
}
