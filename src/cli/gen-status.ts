import * as z from 'zod';
import { isBehind, readStatus } from '../plan/status.ts';
import { express } from '../stacks/express/express.ts';
import { readPending } from '../steps/pending-migrations.ts';
import { exitCodes } from './exit-codes.ts';
import { inProject } from './in-project.ts';
import { version } from './package.ts';
import { reportStatus, reportStatusJson } from './report-status.ts';

const flagsSchema = z.object({ json: z.boolean().default(false) });

/** `gen status`: what became of everything that was generated, and what is missing. */
export async function genStatus(options: object): Promise<void> {
  const { json } = flagsSchema.parse(options);
  await inProject(async ({ root, manifest, applied, madeBy, files }) => {
    const database = await readPending(root);
    const pending = database.status === 'known' ? database.names : undefined;
    const project = { applied, manifest, madeBy, files };
    const status = await readStatus({ ...project, stack: express, version, pending });
    if (json) reportStatusJson(status, database);
    else reportStatus(status, database, manifest.packageManager);
    if (isBehind(status)) process.exitCode = exitCodes.refused;
  });
}
