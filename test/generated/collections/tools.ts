import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import * as z from 'zod';
import { once } from '../projects.ts';
import { cleanEnv, type Env, run } from '../run.ts';

/** The command lines of the tools that open the collections, installed once for a run of the tests. */
export const collectionTools = (): Promise<string> =>
  once('collection-tools', async (folder) => {
    const packages = ['newman@6.2.2', '@usebruno/cli@4.1.0', '@usebruno/converters@0.23.0'];
    const flags = ['--no-audit', '--no-fund', '--prefix', '.'];
    // They have 350 MB: on a busy machine that takes longer than other commands may.
    await execa('npm', ['install', ...flags, ...packages], {
      cwd: folder,
      env: cleanEnv(),
      extendEnv: false,
      timeout: 600_000,
    });
  });

/** How many assertions a run had, and what failed. */
export type Outcome = { total: number; failures: unknown[] };

const report = z.object({
  run: z.object({
    stats: z.object({ assertions: z.object({ total: z.number() }) }),
    failures: z.array(
      z.object({
        error: z.object({ message: z.string() }),
        source: z.object({ name: z.string() }).optional(),
      }),
    ),
  }),
});

const flagsOf = (variables: Env) =>
  Object.entries(variables)
    .map(([name, value]) => `--env-var ${name}=${value}`)
    .join(' ');

/** Runs a collection of Postman with the environment beside it. */
export async function runPostman(file: string, variables: Env): Promise<Outcome> {
  const folder = join(file, '..');
  const output = join(folder, 'report.json');
  const bin = join(await collectionTools(), 'node_modules/.bin/newman');
  const reporters = `--reporters json --reporter-json-export ${output}`;
  const command = `${bin} run ${file} -e ${folder}/environment.json ${reporters}`;
  await run(`${command} ${flagsOf(variables)}`, folder);
  const { stats, failures } = report.parse(JSON.parse(await readFile(output, 'utf8'))).run;
  return {
    total: stats.assertions.total,
    failures: failures.map(({ error, source }) => [source?.name, error.message]),
  };
}

const results = z.array(
  z.object({
    results: z.array(
      z.object({
        name: z.string(),
        error: z.string().nullable(),
        testResults: z.array(z.looseObject({ description: z.string(), status: z.string() })),
      }),
    ),
  }),
);

/** Runs a folder of Bruno. */
export async function runBruno(folder: string, variables: Env): Promise<Outcome> {
  const output = join(folder, '../bruno-report.json');
  const bin = join(await collectionTools(), 'node_modules/.bin/bru');
  const command = `${bin} run -r --env local --reporter-json ${output}`;
  await run(`${command} ${flagsOf(variables)}`, folder);
  const [whole] = results.parse(JSON.parse(await readFile(output, 'utf8')));
  const all = whole?.results ?? [];
  const tests = all.flatMap(({ name, testResults }) =>
    testResults.map((result) => ({ name, ...result })),
  );
  return {
    total: tests.length,
    failures: [
      ...tests.filter(({ status }) => status !== 'pass'),
      ...all.filter(({ error }) => error !== null),
    ],
  };
}
