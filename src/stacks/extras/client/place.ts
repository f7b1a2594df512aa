import { UserError } from '../../../manifest/errors.ts';

/** Where the client is when nobody says so: beside the server, which does not need it. */
export const usualClient = 'client/api.ts';

/** What the help says of where a client can be. */
export const clientPlaces = `where, such as ../web/src/api.ts (default: ${usualClient})`;

const place = /^(?:\.\.\/)*(?:[\w@-][\w.@-]*\/)*[\w@-][\w.@-]*(?<!\.d)\.ts$/;

/** A path where a client can be; throws a UserError for another one. */
export function parseClient(path: string): string {
  if (place.test(path)) return path;
  const found = `A client cannot be in ${JSON.stringify(path)}.`;
  const expected = `Expected a file in TypeScript, such as ${usualClient}.`;
  throw new UserError([{ found, expected }], `gen client --out ${usualClient}`);
}
