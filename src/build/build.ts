import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../project/package-root.ts';
import { buildDist } from './build-dist.ts';
import { packTool } from './pack-tool.ts';

const root = packageRoot(import.meta.url);
const dist = join(root, 'dist');

await buildDist(root, dist);
// Projects made from a checkout depend on this file, as no registry has what they need.
const { content } = await packTool(root);
await writeFile(join(dist, 'create-backend.tgz'), content);
