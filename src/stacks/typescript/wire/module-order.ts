/**
 * The order in which Biome sorts relative imports: the outermost folders first, numbers by value, and a
 * folder before files of the same name.
 */
export function compareModules(a: string, b: string): number {
  if (depth(a) !== depth(b)) return depth(b) - depth(a);
  const same = sharedStart(a, b);
  const left = tokens(a.slice(same));
  const right = tokens(b.slice(same));
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    const order = compareTokens(left[i] ?? '', right[i] ?? '');
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** How much both begin with, without the digits of a number that may go on. */
function sharedStart(a: string, b: string): number {
  let end = 0;
  while (end < a.length && a[end] === b[end]) end += 1;
  while (/\d/.test(a[end - 1] ?? '')) end -= 1;
  return end;
}

const signs = '/._-';

function compareTokens(a: string, b: string): number {
  if (/^\d/.test(a) && /^\d/.test(b)) return Number(a) - Number(b);
  const order = rank(a) - rank(b);
  return order === 0 ? compare(a.toLowerCase(), b.toLowerCase()) || compare(a, b) : order;
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function rank(token: string): number {
  const sign = signs.indexOf(token);
  if (sign !== -1) return sign;
  if (/^\d/.test(token)) return signs.length;
  return /^[a-z]/i.test(token) ? signs.length + 1 : signs.length + 2;
}

function tokens(name: string): string[] {
  return name.match(/\d+|[^\d]/g) ?? [];
}

function depth(name: string): number {
  return name.match(/\.\.\//g)?.length ?? 0;
}
