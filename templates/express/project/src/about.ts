import { readFileSync } from 'node:fs';
import * as z from 'zod';

const about = z.object({ name: z.string(), version: z.string() });
const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');

/** What `package.json` says that this service is. */
export const { name, version } = about.parse(JSON.parse(text));
