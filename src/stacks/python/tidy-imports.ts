const standard = new Set(
  (
    'asyncio base64 collections contextlib dataclasses datetime decimal enum functools hashlib ' +
    'itertools json os pathlib re secrets time typing uuid'
  ).split(' '),
);
const own = new Set(['app', 'tests']);

type Import = { module: string; names: string[] };

const importLine = /^from (\S+) import ([\w, ]+)$/;
const moduleLine = /^import (\w+)$/;
const isImport = (line: string) => importLine.test(line) || moduleLine.test(line);

/** The imports at the top of a file: only used names, sorted as Ruff sorts them, in three groups. */
export function tidyImports(text: string): string {
  const lines = text.split('\n');
  const start = lines.findIndex(isImport);
  if (start < 0) return text;
  const end = lines.findIndex((line, at) => at > start && line !== '' && !isImport(line));
  const code = lines.slice(end < 0 ? lines.length : end).join('\n');
  const used = namesIn(code);
  const byModule = new Map<string, Set<string>>();
  const whole: string[] = [];
  for (const line of lines.slice(start, end < 0 ? undefined : end)) {
    const [, imported = ''] = moduleLine.exec(line) ?? [];
    if (used.has(imported)) whole.push(imported);
    const [, module = '', names = ''] = importLine.exec(line) ?? [];
    const known = byModule.get(module) ?? new Set();
    for (const name of names.split(', ')) if (used.has(boundName(name))) known.add(name);
    if (known.size > 0) byModule.set(module, known);
  }
  const imports = [...byModule].map(([module, names]) => ({ module, names: [...names] }));
  const written = [0, 1, 2]
    .map((group) => [
      ...whole.filter((module) => groupOf(module) === group).sort(compareNatural),
      ...imports.filter(({ module }) => groupOf(module) === group).sort(byName),
    ])
    .filter((group) => group.length > 0)
    .map((group) => group.map(importText).join('\n'));
  const head = lines.slice(0, start).join('\n');
  const blank = /^(?:class|def|async def|@)/.test(code) ? '\n\n\n' : '\n\n';
  return `${head}${head === '' ? '' : '\n'}${written.join('\n\n')}${code === '' ? '\n' : blank}${code}`;
}

const boundName = (name: string) => name.replace(/^.* as /, '');

function groupOf(module: string): number {
  const [first = ''] = module.split('.');
  if (standard.has(first)) return 0;
  return own.has(first) ? 2 : 1;
}

const importText = (imported: string | Import) =>
  typeof imported === 'string'
    ? `import ${imported}`
    : `from ${imported.module} import ${imported.names.sort(compareMembers).join(', ')}`;

const byName = (one: Import, other: Import) => compareNatural(one.module, other.module);

/** Constants, then classes, then all else. */
function compareMembers(one: string, other: string): number {
  return kindOf(one) - kindOf(other) || compareNatural(one, other);
}

function kindOf(name: string): number {
  if (name.length > 1 && name === name.toUpperCase() && /[A-Z]/.test(name)) return 0;
  return /^[A-Z]/.test(name) ? 1 : 2;
}

/** Numbers in names count as numbers; the case comes last. */
function compareNatural(one: string, other: string): number {
  const [left, right] = [one, other].map((name) => name.toLowerCase().match(/\d+|\D/g) ?? []);
  for (const [at, part] of (left ?? []).entries()) {
    const next = right?.[at];
    if (next === undefined) return 1;
    if (part === next) continue;
    const numbers = /^\d/.test(part) && /^\d/.test(next);
    if (numbers && Number(part) !== Number(next)) return Number(part) - Number(next);
    return part < next ? -1 : 1;
  }
  if ((left?.length ?? 0) < (right?.length ?? 0)) return -1;
  return one < other ? -1 : one > other ? 1 : 0;
}

/** What stands in strings and comments is no name. */
function namesIn(code: string): ReadonlySet<string> {
  const bare = code.replace(
    /"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#.*/g,
    (found) =>
      // Python's formatted strings have names in braces.
      (found.match(/\{[^{}"]*\}/g) ?? []).join(' '),
  );
  return new Set(bare.match(/\w+/g));
}
