import { isUtf8 } from 'node:buffer';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The text as it was saved, or why there is none. */
export type Edited = { status: 'saved'; text: string } | { status: 'failed'; reason: string };

/** Opens a text in the editor of VISUAL or EDITOR, as a file of that name. */
export async function editText(text: string, name: string): Promise<Edited> {
  const { execa } = await import('execa');
  const editor = process.env.VISUAL || process.env.EDITOR || 'vi';
  const folder = await mkdtemp(join(tmpdir(), 'create-backend-edit-'));
  const file = join(folder, name);
  try {
    await writeFile(file, text);
    // It may have flags, such as `code --wait`: a shell reads them, as git does.
    const options = { shell: true, stdio: 'inherit', reject: false } as const;
    const { failed, exitCode, signal } = await execa(`${editor} "${file}"`, options);
    if (failed) return { status: 'failed', reason: `${editor} ended with ${exitCode ?? signal}` };
    const saved = await readFile(file);
    if (!isUtf8(saved)) return { status: 'failed', reason: 'it was not saved as UTF-8' };
    return { status: 'saved', text: saved.toString('utf8') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
