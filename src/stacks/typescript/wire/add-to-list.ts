import { ts } from 'ts-morph';
import { endOfLine, eolNear, type Insertion, indentOf, lineStart } from './insert.ts';
import { sourceOf, startOf } from './positions.ts';
import { indentUnit } from './style.ts';

export type List = ts.ArrayLiteralExpression | ts.ObjectLiteralExpression;

const elementsOf = (list: List): ts.NodeArray<ts.Node> =>
  ts.isArrayLiteralExpression(list) ? list.elements : list.properties;

/** The insertions that put an element behind another one of a list, or into an empty list. */
export function addToList(
  source: ts.SourceFile,
  list: List,
  anchor: ts.Node | undefined,
  element: string,
): Insertion[] {
  return anchor
    ? behind(source.text, list, anchor, element)
    : [intoEmpty(source.text, list, element)];
}

function behind(text: string, list: List, anchor: ts.Node, element: string): Insertion[] {
  const end = anchor.end;
  const comma = /^(?:\s|\/\*[\s\S]*?\*\/)*,/.exec(text.slice(end, list.end));
  const isLast = elementsOf(list).at(-1) === anchor;
  const prefix = text.slice(lineStart(text, startOf(anchor)), startOf(anchor));
  if (isLast && !comma && /^[ \t]*,[ \t]*$/.test(prefix)) {
    const at = endOfLine(text, end);
    if (at !== undefined) return [{ at, text: `${eolNear(text, at)}${prefix}${element}` }];
  }
  const at = endOfLine(text, comma ? end + comma[0].length : end);
  const indent = indentOf(text, startOf(anchor)) ?? indentOf(text, firstOfLine(list, anchor));
  if (at === undefined || indent === undefined) {
    const commented = /^(?:[ \t]*\/\*.*?\*\/)+/.exec(text.slice(end, list.end))?.[0] ?? '';
    return [{ at: end + commented.length, text: `${gap(text, list)}${element}` }];
  }
  const line = `${eolNear(text, at)}${indent}${element}`;
  return comma
    ? [{ at, text: `${line},` }]
    : [
        { at: end, text: ',' },
        { at, text: line },
      ];
}

// Several elements may share a line.
function firstOfLine(list: List, anchor: ts.Node): number {
  const text = sourceOf(list).text;
  const line = lineStart(text, startOf(anchor));
  return startOf(elementsOf(list).find((each) => startOf(each) >= line) ?? anchor);
}

function gap(text: string, list: List): string {
  const [first, second] = elementsOf(list);
  const between = first && second ? text.slice(first.end, startOf(second)) : ', ';
  return /^, ?$/.test(between) ? between : ', ';
}

function intoEmpty(text: string, list: List, element: string): Insertion {
  const close = list.end - 1;
  const indent = indentOf(text, close);
  if (indent === undefined) {
    const isPadded = ts.isObjectLiteralExpression(list) && text[close - 1] === '{';
    return { at: close, text: isPadded ? ` ${element} ` : element };
  }
  const line = `${indent}${indentUnit(text)}${element},${eolNear(text, close)}`;
  return { at: lineStart(text, close), text: line };
}
