import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import * as z from 'zod';

// The only file of it that is bundled is the TypeScript that it vendors.
const VENDORS = new Map([['node_modules/@ts-morph/common', 'node_modules/typescript']]);

const packageSchema = z.object({ name: z.string(), version: z.string(), license: z.string() });

/** The licences of the packages whose code really is in a bundle, each with its texts. */
export async function licenses(root: string, { outputs }: Metafile): Promise<string> {
  const sections = bundledPackages(outputs).map((folder) => section(join(root, folder)));
  return `${(await Promise.all(sections)).join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

function bundledPackages(outputs: Metafile['outputs']): string[] {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const folders = inputs.flatMap(([path, { bytesInOutput }]) => {
    const [folder] = /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path) ?? [];
    if (folder === undefined || bytesInOutput === 0) return [];
    return [folder, VENDORS.get(folder) ?? []].flat();
  });
  return [...new Set(folders)].sort();
}

async function section(folder: string): Promise<string> {
  const text = await readFile(join(folder, 'package.json'), 'utf8');
  const { name, version, license } = packageSchema.parse(JSON.parse(text));
  const files = (await readdir(folder)).filter((file) =>
    /^(licen[cs]e|copying|notice)/i.test(file),
  );
  const texts = await Promise.all(files.sort().map((file) => readFile(join(folder, file), 'utf8')));
  return [`${name} ${version} (${license})`, ...texts.map((each) => each.trim())].join('\n\n');
}
