/**
 * Which of two modules is imported first, as ruff sorts them: numbers inside of names by their size,
 * the rest character by character (https://docs.astral.sh/ruff/settings/#lintisort).
 */
export function compareModules(one: string, other: string): number {
  const [a, b] = [partsOf(one.toLowerCase()), partsOf(other.toLowerCase())];
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const order = compareParts(a[at], b[at]);
    if (order !== 0) return order;
  }
  return byCode(one, other);
}

const partsOf = (name: string) => name.match(/\d+|\D/g) ?? [];

function compareParts(one: string | undefined, other: string | undefined): number {
  if (one === undefined || other === undefined)
    return one === other ? 0 : one === undefined ? -1 : 1;
  const areNumbers = /^\d/.test(one) && /^\d/.test(other);
  return areNumbers ? Number(one) - Number(other) || byCode(one, other) : byCode(one, other);
}

const byCode = (one: string, other: string) => (one === other ? 0 : one < other ? -1 : 1);
