/** Compares by the codes of characters, but numbers inside of names by their values. */
export function compareNaturally(one: string, other: string): number {
  const [a, b] = [piecesOf(one), piecesOf(other)];
  const at = a.findIndex((piece, place) => piece !== b[place]);
  const [left, right] = [a[at], b[at]];
  // One of them is the beginning of the other.
  if (left === undefined || right === undefined) return one.length - other.length;
  const areNumbers = /^\d/.test(left) && /^\d/.test(right);
  if (areNumbers && Number(left) !== Number(right)) return Number(left) - Number(right);
  return left < right ? -1 : 1;
}

const piecesOf = (name: string) => name.match(/\d+|\D/g) ?? [];
