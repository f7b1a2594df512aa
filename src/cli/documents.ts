import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Api, Operation } from '../compare/document.ts';
import { readDocument } from '../compare/document.ts';
import { UserError } from '../manifest/errors.ts';
import { readJson } from '../manifest/json.ts';
import { LOCK } from '../manifest/lock.ts';
import { renderAll } from '../plan/render-all.ts';
import { MANIFEST, manifestOf } from '../project/find-project.ts';
import { readProject } from '../project/read-project.ts';
import { readTemplates } from '../project/read-templates.ts';
import { checkOut } from '../steps/check-out.ts';
import { linkDependencies, placeBelow } from '../steps/link-dependencies.ts';
import { runProgram } from '../steps/run-program.ts';
import { write } from '../steps/run-release.ts';
import { inTemporaryFolder } from '../steps/temporary-folder.ts';
import type { OpenProject } from './in-project.ts';
import { notCheckedOut } from './not-checked-out.ts';
import { ownStack } from './own-stack.ts';
import { version } from './package.ts';
import { programOf } from './program-of.ts';

/** The API before and now. `rendered` says why `backend.json` told it instead of the code. */
export type Documents = { commit: string; before: Api; after: Api; rendered: string | undefined };

/** Long enough for a large project on a busy machine. */
const LONGEST = 120_000;

/**
 * The APIs of a project in a revision and in its work tree, as their code tells them. The code of then
 * runs in a temporary folder, with the dependencies of now.
 */
export function readDocuments(
  project: OpenProject,
  revision: string,
  signal: AbortSignal,
): Promise<Documents> {
  return inTemporaryFolder(async (folder) => {
    const { root, stack } = project;
    const place = (name: string) => placeBelow(join(folder, name), root);
    const past = place('past');
    const out = await checkOut(
      root,
      revision,
      { target: past, index: join(folder, 'index') },
      signal,
    );
    if (out.status === 'missing') throw notCheckedOut(revision, out);
    if (!existsSync(join(past, MANIFEST))) {
      throw notCheckedOut(revision, { status: 'missing', what: 'folder' });
    }
    await linkDependencies(join(folder, 'past'), root, stack.dependencies.folder);
    const ask = (cwd: string, source = cwd) => printedAll(project, { cwd, source }, signal);
    const render = async (name: string, source: string) => {
      await write(place(name), await rendered(project, source));
      await linkDependencies(join(folder, name), root, stack.dependencies.folder);
      const api = await ask(place(name), source);
      if (typeof api === 'string') throw notPrinted(project, api);
      return api;
    };
    const { commit } = out;
    const { file } = stack.openApi(project.manifest);
    if (!existsSync(join(root, file))) {
      const before = await render('rendered-past', past);
      const after = await render('rendered-present', root);
      return { commit, before, after, rendered: `The project has no ${file}.` };
    }
    const after = await ask(root);
    if (typeof after === 'string') throw notPrinted(project, after);
    const isThere = existsSync(join(past, file));
    const before = isThere ? await ask(past) : undefined;
    if (typeof before === 'object') return { commit, before, after, rendered: undefined };
    const reason = isThere
      ? `The code of ${revision} does not run with the dependencies of now: ${before}.`
      : `The code of ${revision} has no ${file}.`;
    return { commit, before: await render('rendered-past', past), after, rendered: reason };
  });
}

const versioned = z.looseObject({ versions: z.record(z.string(), z.unknown()).default({}) });

/**
 * The API that the code in a folder prints, or why it prints none: all versions that `backend.json`
 * in `source` has.
 */
async function printedAll(
  project: OpenProject,
  { cwd, source }: { cwd: string; source: string },
  signal: AbortSignal,
): Promise<Api | string> {
  // What else is in the file of then, this version need not understand.
  const json = readJson(await readFile(join(source, MANIFEST), 'utf8'));
  const { versions } = versioned.catch({ versions: {} }).parse('value' in json ? json.value : {});
  const operations = new Map<string, Operation>();
  for (const version of [undefined, ...Object.keys(versions)]) {
    const api = await printed(project, { cwd, version }, signal);
    if (typeof api === 'string') return api;
    for (const [key, operation] of api) operations.set(key, operation);
  }
  return operations;
}

/** One version of the API, by default the newest. */
async function printed(
  { root, stack, manifest }: OpenProject,
  { cwd, version }: { cwd: string; version: string | undefined },
  signal: AbortSignal,
): Promise<Api | string> {
  const run = stack.openApi(manifest);
  const args = version === undefined ? run.args : [...run.args, version];
  const ran = await runProgram(root, programOf(root, { ...run, args }), {
    cwd,
    // Where the API is served is no part of it, and both are asked in the same way.
    env: { PUBLIC_URL: 'http://localhost' },
    timeout: LONGEST,
    signal,
  });
  signal.throwIfAborted();
  if (ran.status === 'failed') return ran.reason;
  try {
    return readDocument(JSON.parse(ran.stdout));
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
    return 'it printed no OpenAPI document';
  }
}

/** The code that this version generates for the `backend.json` of a folder. */
async function rendered({ stacks }: OpenProject, folder: string) {
  const files = readProject(folder);
  const [manifestText = '', lockText] = [files.read(MANIFEST), files.read(LOCK)];
  const manifest = manifestOf({ root: folder, manifestText, lockText, shown: MANIFEST }, stacks);
  const stack = await ownStack(stacks, manifest.stack, await readTemplates(folder), files);
  const tool = stack.toolNote.referenceTo({ kind: 'registry', version });
  return renderAll(stack, manifest, tool);
}

function notPrinted({ stack, manifest }: OpenProject, reason: string): UserError {
  const { command, args } = stack.openApi(manifest);
  const found = `The project does not print its OpenAPI document: ${reason}.`;
  const expected = `Expected \`${[command, ...args].join(' ')}\` to print it.`;
  return new UserError([{ found, expected }], stack.commands(manifest).install);
}
