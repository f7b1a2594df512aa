import type { Notice } from '../manifest/change.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Renames } from '../manifest/renames.ts';
import { renamesOf } from '../manifest/renames.ts';
import type { Resource, ResourceField } from '../stacks/resource.ts';
import { describeResource } from '../stacks/resource.ts';

type Compared = { before: Manifest; after: Manifest; renames: Renames };

/**
 * What becomes of rows when a user is deleted whom they name, for each reference to users that a change
 * adds or makes otherwise.
 */
export function deletionNotices({ before, after, renames }: Compared): Notice[] {
  const moved = renames.endpoint;
  return Object.keys(after.endpoints).flatMap((plural) => {
    const from = moved?.to === plural ? moved.from : plural;
    const was = Object.hasOwn(before.endpoints, from) ? describeResource(before, from).fields : [];
    const names = renamesOf(renames, plural);
    const resource = describeResource(after, plural);
    return resource.fields
      .filter((field) => field.parent?.isAccount && field.parent.operations.has('delete'))
      .filter((field) => !was.some((each) => isSame(each, field, names)))
      .map((field): Notice => {
        return { kind: 'note', path: 'backend.json', message: effectOf(resource, field) };
      });
  });
}

function isSame(was: ResourceField, now: ResourceField, renames: ReadonlyMap<string, string>) {
  const name = renames.get(was.name) ?? was.name;
  return name === now.name && was.onDelete === now.onDelete && was.parent?.isAccount === true;
}

function effectOf({ names }: Resource, { name, onDelete }: ResourceField): string {
  const label = `\`${names.plural}.${name}\``;
  switch (onDelete) {
    case 'cascade':
      return `Deleting a user deletes the ${names.humanPlural} that name them in ${label}.`;
    case 'set null':
      return `Deleting a user empties ${label} where it names them.`;
    case 'restrict':
      return `A user cannot be deleted while ${label} names them.`;
  }
}
