import type { Random } from './random.ts';

/** A file after a person has been at it, and the texts in it that must never get lost. */
export type Edited = { text: string; markers: string[] };

/** One kind of edit; undefined where the file has no place for it. */
type Edit = (text: string, marker: string, random: Random) => string | undefined;

const edits: readonly Edit[] = [
  insertComment,
  insertComment,
  commentBehind,
  addMethod,
  renameLocal,
  reformatStatement,
  deleteTest,
  extractConstant,
  licenseHeader,
];

/** What a person might do to a generated TypeScript file. */
export function anyEdit(random: Random, text: string, marker: string): Edited {
  const edit = random.pick(edits);
  const edited = edit(text, marker, random) ?? insertComment(text, marker, random) ?? text;
  return { text: edited, markers: edited.includes(marker) ? [marker] : [] };
}

/** Lines before which a new one can stand: what is above has ended. */
function openPlaces(lines: readonly string[]): number[] {
  return lines.flatMap((line, at) => {
    const above = lines[at - 1];
    const isOpen = above !== undefined && /[;{,]$|^$|\*\/$/.test(above.trimEnd());
    const isInComment = /^\s*\*/.test(line);
    return isOpen && !isInComment && !/^\s*[.)]/.test(line) ? [at] : [];
  });
}

const indentOf = (line = '') => /^\s*/.exec(line)?.[0] ?? '';

function insertComment(text: string, marker: string, random: Random): string | undefined {
  const lines = text.split('\n');
  const places = openPlaces(lines);
  if (places.length === 0) return undefined;
  const at = random.pick(places);
  const indent = indentOf(lines[at] || lines[at - 1]);
  return lines.toSpliced(at, 0, `${indent}// ${marker}`).join('\n');
}

function commentBehind(text: string, marker: string, random: Random): string | undefined {
  const lines = text.split('\n');
  const places = lines.flatMap((line, at) =>
    /[;,{]$/.test(line) && !/^\s*(\*|\/\/)/.test(line) ? [at] : [],
  );
  if (places.length === 0) return undefined;
  const at = random.pick(places);
  return lines.with(at, `${lines[at]} // ${marker}`).join('\n');
}

function addMethod(text: string, marker: string): string | undefined {
  const at = text.indexOf('\n  return {\n');
  const isFactory = /export function create\w+(Service|Repository)\(/.test(text);
  if (at < 0 || !isFactory) return undefined;
  const name = marker.toLowerCase().replace(/[^a-z0-9]/g, '');
  const method = [
    `    /** ${marker} */`,
    `    ${name}(words: string): number {`,
    "      return words.split(' ').length;",
    '    },',
    '',
  ].join('\n');
  const place = at + '\n  return {\n'.length;
  return `${text.slice(0, place)}${method}\n${text.slice(place)}`;
}

const locals: readonly [from: RegExp, to: string][] = [
  [/\bnow\b/g, 'moment'],
  [/\bserial\b/g, 'running'],
  [/\bremoval\b/g, 'deletion'],
  [/\bpattern\b/g, 'wanted'],
  [/\btags\b/g, 'labels'],
];

function renameLocal(text: string, _marker: string, random: Random): string | undefined {
  const [from, to] = random.pick(locals);
  // A shorthand or a key of that name means something else than the local.
  if (!new RegExp(`const ${from.source}`).test(text) || new RegExp(to).test(text)) return undefined;
  if (/\btags,/.test(text) && to === 'labels') return undefined;
  return text.replace(from, to);
}

/** As another formatter would have it: an object or a call on lines of its own. */
function reformatStatement(text: string, _marker: string, random: Random): string | undefined {
  const lines = text.split('\n');
  const places = lines.flatMap((line, at) =>
    /^\s*(import|const \w+ =) \{ [^{}]* \} /.test(line) ? [at] : [],
  );
  if (places.length === 0) return undefined;
  const at = random.pick(places);
  const line = lines[at] ?? '';
  const indent = indentOf(line);
  const broken = line.replace(/\{ ([^{}]*) \}/, (_all, inner: string) => {
    const parts = inner.split(', ').map((part) => `${indent}  ${part},`);
    return `{\n${parts.join('\n')}\n${indent}}`;
  });
  return lines.with(at, broken).join('\n');
}

/** The last test of the file, where one ends that way. */
function deleteTest(text: string, _marker: string): string | undefined {
  const blocks = [...text.matchAll(/\n {2}it\('[\s\S]*?\n {2}\}\);\n/g)];
  const last = blocks.at(-1);
  if (last === undefined || blocks.length < 2) return undefined;
  return `${text.slice(0, last.index)}${text.slice(last.index + last[0].length)}`;
}

function extractConstant(text: string, marker: string): string | undefined {
  const end = [...text.matchAll(/^(?:import .*|\} from .*);$/gm)].at(-1);
  if (end === undefined) return undefined;
  const name = `own${marker.replace(/[^A-Za-z0-9]/g, '')}`;
  const at = end.index + end[0].length;
  return `${text.slice(0, at)}\n\nexport const ${name} = '${marker}';${text.slice(at)}`;
}

function licenseHeader(text: string, marker: string): string | undefined {
  return text.startsWith('//') ? undefined : `// ${marker}\n\n${text}`;
}
