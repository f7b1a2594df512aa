import type { Edited } from './edits.ts';
import type { Random } from './random.ts';

/** One kind of edit; undefined where the file has no place for it. */
type Edit = (text: string, marker: string, random: Random) => string | undefined;

const edits: readonly Edit[] = [
  insertComment,
  insertComment,
  commentBehind,
  addMethod,
  renameLocal,
  breakImport,
  deleteTests,
  addConstant,
  licenseHeader,
];

/** What a person might do to a generated Python file. */
export function anyPythonEdit(random: Random, text: string, marker: string): Edited {
  const edit = random.pick(edits);
  const edited = edit(text, marker, random) ?? insertComment(text, marker, random) ?? text;
  return { text: edited, markers: edited.includes(marker) ? [marker] : [] };
}

/** The places of the lines of code, none of which is inside a string of several lines. */
function codeLines(lines: readonly string[]): number[] {
  let isInString = false;
  return lines.flatMap((line, at) => {
    const wasInString = isInString;
    if ((line.split('"""').length - 1) % 2 === 1) isInString = !isInString;
    return wasInString || isInString || line.trim() === '' ? [] : [at];
  });
}

const indentOf = (line = '') => /^\s*/.exec(line)?.[0] ?? '';

function insertComment(text: string, marker: string, random: Random): string | undefined {
  const lines = text.split('\n');
  const places = codeLines(lines);
  if (places.length === 0) return undefined;
  const at = random.pick(places);
  return lines.toSpliced(at, 0, `${indentOf(lines[at])}# ${marker}`).join('\n');
}

function commentBehind(text: string, marker: string, random: Random): string | undefined {
  const lines = text.split('\n');
  const places = codeLines(lines).filter((at) => /^[^#]*[,:)\]]$/.test(lines[at] ?? ''));
  if (places.length === 0) return undefined;
  const at = random.pick(places);
  return lines.with(at, `${lines[at]}  # ${marker}`).join('\n');
}

function addMethod(text: string, marker: string): string | undefined {
  const first = /\n {8}self\.(?:connection|repository) = .*\n/.exec(text);
  if (first === null) return undefined;
  const name = marker.toLowerCase().replace(/[^a-z0-9]/g, '');
  const method = [
    `    def ${name}(self, words: str) -> int:`,
    `        """${marker}"""`,
    '        return len(words.split())',
  ];
  const at = first.index + first[0].length;
  return `${text.slice(0, at)}\n${method.join('\n')}\n${text.slice(at)}`;
}

const locals: readonly [from: RegExp, to: string][] = [
  [/\bwanted\b/g, 'sought'],
  [/\bchange\b/g, 'changed'],
  [/\bserial\b/g, 'running'],
  [/\bmissing\b/g, 'absent'],
];

function renameLocal(text: string, _marker: string, random: Random): string | undefined {
  const [from, to] = random.pick(locals);
  if (!new RegExp(`^ +${from.source}(: [^=]+)? = `, 'm').test(text)) return undefined;
  return new RegExp(`\\b${to}\\b`).test(text) ? undefined : text.replace(from, to);
}

/** As somebody likes their imports: one name a line. */
function breakImport(text: string, _marker: string, random: Random): string | undefined {
  const lines = text.split('\n');
  const places = lines.flatMap((line, at) => (/^from \S+ import \w+, /.test(line) ? [at] : []));
  if (places.length === 0) return undefined;
  const at = random.pick(places);
  const [from = '', names = ''] = (lines[at] ?? '').split(' import ');
  const each = names.split(', ').map((name) => `    ${name},`);
  return lines.toSpliced(at, 1, `${from} import (`, ...each, ')').join('\n');
}

/** The last class of tests in the file, where there are several. */
function deleteTests(text: string): string | undefined {
  const all = [...text.matchAll(/\n\n\nclass Test[\s\S]*?\n(?=\n\n|$)/g)];
  const last = all.at(-1);
  if (last === undefined || all.length < 2) return undefined;
  return `${text.slice(0, last.index)}\n${text.slice(last.index + last[0].length)}`;
}

function addConstant(text: string, marker: string): string | undefined {
  const last = [...text.matchAll(/^from \S+ import (?:\([^)]*\)|.*)$/gm)].at(-1);
  if (last === undefined) return undefined;
  const name = `OWN_${marker.replace(/[^A-Za-z0-9]/g, '_').toUpperCase()}`;
  const at = last.index + last[0].length;
  return `${text.slice(0, at)}\n\n${name} = "${marker}"${text.slice(at)}`;
}

function licenseHeader(text: string, marker: string): string | undefined {
  return text.startsWith('#') ? undefined : `# ${marker}\n\n${text}`;
}
