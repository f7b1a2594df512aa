import { parseDocument } from 'yaml';
import * as z from 'zod';

const schema = z.object({ packages: z.array(z.string()) });

/** The globs of a `pnpm-workspace.yaml`; none where it only has settings. */
export function globsOf(yaml: string): string[] {
  return schema.catch({ packages: [] }).parse(parseDocument(yaml).toJS()).packages;
}
