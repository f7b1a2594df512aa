export const PACKAGE = 'package.json';

const LINE = /("create-backend"\s*:\s*")([^"\\]*)(")/;

/** How a package.json depends on this tool; undefined if it does not. */
export function toolOf(text: string): string | undefined {
  return LINE.exec(text)?.[2];
}

/** The package.json, depending on the tool in another way; the rest stays as it is written. */
export function dependOn(text: string, reference: string): string {
  return text.replace(LINE, (_all, start: string, _old, end: string) => start + reference + end);
}
