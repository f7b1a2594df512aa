import type { Expected } from './answer.ts';
import { type Line, quoted } from './script.ts';

/** An answer with data, of which each of these expressions is true; others than who may are refused. */
export const hasData =
  ({ may }: Pick<Expected, 'may'>, ...truths: readonly string[]): Line =>
  ({ get, status, body, test, expect }) => {
    const right = [
      `${expect}(Boolean(answer.errors)).to.equal(false);`,
      ...truths.map((each) => `${expect}(${each}).to.equal(true);`),
    ];
    const forbidden = `${expect}(answer.errors[0].extensions.code).to.equal("FORBIDDEN");`;
    const isForAll = may === undefined;
    return [
      `const answer = ${body};`,
      ...(isForAll ? [] : [`const mayDoSo = ${quoted(may)}.includes(${get('role')});`]),
      `${test}(${isForAll ? '"has data"' : 'mayDoSo ? "has data" : "is refused"'}, () => {`,
      `  ${expect}(${status}).to.equal(200);`,
      ...(isForAll ? [] : [`  if (!mayDoSo) return ${forbidden.slice(0, -1)};`]),
      ...right.map((each) => `  ${each}`),
      '});',
    ].join('\n');
  };

/** A refusal, by its code. */
export const hasCode =
  (code: string): Line =>
  ({ status, body, test, expect }) =>
    [
      `const answer = ${body};`,
      `${test}("is refused", () => {`,
      `  ${expect}(${status}).to.equal(200);`,
      `  ${expect}(answer.errors[0].extensions.code).to.equal(${quoted(code)});`,
      '});',
    ].join('\n');

/** Keeps the id of the row that a mutation made, if it made one. */
export const keepsMade =
  (variable: string, made: string): Line =>
  ({ set }) =>
    set(variable, `answer.data?.${made}?.id ?? ""`);
