import type { Schemas } from './type-row.ts';

const expected = 'Expected the path of a file in the project.';

/** The path of the client, relative to the project. */
export const clientSchema = (z: Schemas) =>
  z
    .string({ error: expected })
    .regex(/^(?:[\w@-][\w.@-]*\/)*[\w@-][\w.@-]*$/, expected)
    .describe('The file with the client of the API.');
