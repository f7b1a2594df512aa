import { readFileSync } from 'node:fs';
import * as z from 'zod';

const about = z.object({ name: z.string(), version: z.string() });
const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');

/** The name and version of this service, from `package.json`. */
export const { name, version } = about.parse(JSON.parse(text));
