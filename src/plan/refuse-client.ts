import { UserError } from '../manifest/errors.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { usualClient } from '../stacks/extras/client/place.ts';
import type { Stack } from '../stacks/stack.ts';

type Placing = { before: Manifest; after: Manifest; stack: Stack };

/** Refuses a client where another generated file is, or a migration could be. */
export function refuseClient({ before, after, stack }: Placing): void {
  const { client, ...others } = after;
  if (client === undefined) return;
  const isThere = ({ path }: { path: string }) => path === client;
  const isNew = (plural: string) =>
    client !== before.client || !Object.hasOwn(before.endpoints, plural);
  const isTaken =
    client.startsWith(`${stack.migrations}/`) ||
    stack.renderProject(others, '*').some(isThere) ||
    Object.keys(after.endpoints)
      .filter(isNew)
      .some((plural) => stack.renderEndpoint(others, plural).some(isThere));
  if (!isTaken) return;
  const found = `The client cannot be in ${client}: that is the place of another generated file.`;
  throw new UserError(
    [{ found, expected: 'Expected a path of its own.' }],
    `gen client --out ${usualClient}`,
  );
}
