import { diffComm } from 'node-diff3';

/** The versions of a text: what was generated, your file, and what is generated now. */
export type Versions = { base: string; yours: string; generated: string };

const BOM = '\uFEFF';

/** The lines of a text, without byte order mark, line endings and the last empty line. */
export function linesOf(text: string): string[] {
  const lines = withoutBom(text).split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Lines as a text with the byte order mark, line endings and last line of `model`. */
export function textLike(model: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const endings = endingsLike(model, lines);
  const end = model === '' || model.endsWith('\n') ? (endings.at(-1) ?? '\n') : '';
  const body = lines.map((line, index) => (index === 0 ? line : `${endings[index - 1]}${line}`));
  return `${model.startsWith(BOM) ? BOM : ''}${body.join('')}${end}`;
}

function endingsLike(model: string, lines: readonly string[]): string[] {
  const own = withoutBom(model).match(/\r?\n/g) ?? [];
  const windows = own.filter((ending) => ending === '\r\n').length;
  const usual = windows * 2 > own.length ? '\r\n' : '\n';
  if (windows === 0 || windows === own.length) return lines.map(() => usual);
  // A file with mixed line endings: each remaining line keeps its own.
  let at = 0;
  return diffComm(linesOf(model), [...lines]).flatMap((part) => {
    if (part.common !== undefined) return part.common.map(() => own[at++] ?? usual);
    at += part.buffer1.length;
    return part.buffer2.map(() => usual);
  });
}

const withoutBom = (text: string) => (text.startsWith(BOM) ? text.slice(1) : text);
