import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { extract } from 'tar-fs';
import { Missing, serviceFolder } from './keep.ts';

const usual = '/usr/bin/chromium';
const folders: string[] = [];

/** The Chromium that is set or at the usual place, else one from its package, with its libraries. */
export async function findChromium(): Promise<string> {
  const set = process.env.CHROMIUM;
  if (set !== undefined || existsSync(usual)) return set ?? usual;
  return await unpackChromium();
}

/** Unpacks the Chromium of the package. */
export async function unpackChromium(): Promise<string> {
  // The package holds the one for this kind of machine only.
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Missing('Chromium');

  const folder = await serviceFolder('chromium');
  folders.push(folder);
  const program = createWriteStream(join(folder, 'chromium'), { mode: 0o755 });
  await Promise.all([
    pipeline(packed('chromium.br'), createBrotliDecompress(), program),
    pipeline(packed('al2023.tar.br'), createBrotliDecompress(), extract(join(folder, 'system'))),
    pipeline(packed('fonts.tar.br'), createBrotliDecompress(), extract(join(folder, 'fonts'))),
  ]);
  // Without a font it crashes at the first letter.
  const fonts = `<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}</cachedir></fontconfig>`;
  await writeFile(join(folder, 'fonts/fonts.conf'), fonts);
  const start = join(folder, 'start');
  const env = `FONTCONFIG_PATH=${folder}/fonts LD_LIBRARY_PATH=${folder}/system/lib`;
  await writeFile(start, `#!/bin/sh\n${env} exec ${folder}/chromium "$@"\n`, { mode: 0o755 });
  return start;
}

export async function removeChromium(): Promise<void> {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
}

function packed(name: string) {
  const code = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  return createReadStream(join(code, '../../../bin', name));
}
