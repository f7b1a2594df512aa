import { UserError } from './errors.ts';
import type { Schemas } from './type-row.ts';

/** Where the client is when nobody says so: beside the server, which does not need it. */
export const usualClient = 'client/api.ts';

const expected = `Expected a path in the project that ends with .ts, such as "${usualClient}".`;
const path = /^(?:[\w@-][\w.@-]*\/)*[\w@-][\w.@-]*(?<!\.d)\.ts$/;

/** The path of the client, relative to the project. */
export const clientSchema = (z: Schemas) =>
  z
    .string({ error: expected })
    .regex(path, expected)
    .describe('The file with the client of the API in TypeScript.');

/** A path where a client can be; throws a UserError for another one. */
export function parseClient(typed: string): string {
  if (path.test(typed.replace(/^(?:\.\.\/)+/, ''))) return typed;
  const found = `A client cannot be in ${JSON.stringify(typed)}.`;
  throw new UserError([{ found, expected }], `gen client --out ${usualClient}`);
}
