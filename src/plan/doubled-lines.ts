import type { Wiring } from '../stacks/stack.ts';

/**
 * A shared file without repeated lines of endpoints: git keeps both lines if two branches added the
 * same. `bare` is the file as it is rendered, without any endpoint.
 */
export async function withoutDoubledLines(
  text: string,
  bare: string,
  wirings: readonly Wiring[],
): Promise<string> {
  const names = new Set<string>();
  for (const { wire } of wirings) {
    const wired = await wire(bare);
    if (wired.status === 'wired') for (const word of wordsOf(wired.text)) names.add(word);
  }
  for (const word of wordsOf(bare)) names.delete(word);
  const known = new Set<string>();
  const lines = text.split(/(?<=\n)/).filter((line) => {
    const isDoubled = known.has(line.trim());
    known.add(line.trim());
    return !isDoubled || !wordsOf(line).some((word) => names.has(word));
  });
  return lines.join('');
}

const wordsOf = (text: string) => text.match(/[\p{L}\p{N}_$]+/gu) ?? [];
