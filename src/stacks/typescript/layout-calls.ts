import type { Brackets, Node } from './layout-tree.ts';
import { flatText, parseLine } from './layout-tree.ts';

/** The formatter leaves the name of a test and its function on one line, however long the name is. */
const TESTS = /^(describe|it|test)\b/;

/** Texts that go on over several lines: their lines cannot be indented. */
const LONG_TEXT = /`(?:\\[\s\S]|[^`\\])*\n(?:\\[\s\S]|[^`\\])*`/;

/**
 * Breaks calls whose arguments do not fit on the line on which the last of them, a function, begins:
 * each gets a line of its own, and the body of the function is indented.
 */
export function breakCalls(text: string, width: number): string {
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.length <= width || !line.endsWith(' => {')) continue;
    const call = callIn(line);
    const pad = line.slice(0, line.length - line.trimStart().length);
    const end = lines.findIndex((each, index) => index > at && each.startsWith(`${pad}})`));
    const body = lines.slice(at + 1, end);
    if (call === undefined || end < 0 || LONG_TEXT.test(body.join('\n'))) continue;
    const inside = [
      ...call.args.slice(0, -1).map((arg) => `${flatText(arg)},`),
      flatText(call.args.at(-1) ?? []).replace(/\}$/, ''),
      ...body.map((each) => each.slice(pad.length)),
      '},',
    ];
    lines.splice(
      at,
      body.length + 2,
      `${pad}${call.name}(`,
      ...inside.map((each) => (each === '' ? '' : `${pad}  ${each}`)),
      `${pad})${lines[end]?.slice(`${pad}})`.length)}`,
    );
  }
  return lines.join('\n');
}

/** The call that a line opens, without calls before it. */
function callIn(line: string): { name: string; args: Brackets['items'] } | undefined {
  const nodes = parseLine(`${line.trim()}})`);
  const last = nodes?.at(-1);
  if (nodes === undefined || last?.kind !== 'brackets' || last.open !== '(') return undefined;
  const before = nodes.slice(0, -1);
  const name = flatText(before);
  const isAlone = last.items.length < 2 || before.some((node: Node) => node.kind === 'brackets');
  return isAlone || TESTS.test(name) ? undefined : { name, args: last.items };
}
