import Handlebars from 'handlebars';
import { closest, didYouMean } from '../manifest/closest.ts';
import type { Problem } from '../manifest/errors.ts';
import { UserError } from '../manifest/errors.ts';
import type { OwnTemplate, Template } from './template.ts';
import type { MissingName } from './template-names.ts';
import { missingNames } from './template-names.ts';
import { TEMPLATE, templateOptions } from './template-options.ts';

/** What took the place of names that a view had once, by these names; empty where nothing did. */
export type FormerNames = Readonly<Record<string, string>>;

/** Compiles a template once it is rendered; throws a UserError with the line of whatever is wrong. */
export function ownTemplate(own: OwnTemplate, former: FormerNames = {}): Template {
  const { name, text } = own;
  if (!name.endsWith(TEMPLATE)) return { path: name, render: () => text };
  const path = name.slice(0, -TEMPLATE.length);
  const inPath = [...path.matchAll(/\[(\w+)\]/g)].map(([, each = '']) => ({ name: each, line: 0 }));
  let program: hbs.AST.Program | undefined;
  let template: ((view: object) => string) | undefined;
  return {
    path,
    render(view) {
      try {
        program ??= Handlebars.parse(text);
        const missing = [
          ...inPath.filter((each) => !(each.name in view)),
          ...missingNames(program, [view]),
        ];
        if (missing.length > 0) throw unknownNames(own, missing, Object.keys(view), former);
        template ??= Handlebars.compile(text, templateOptions);
        return template(view);
      } catch (error) {
        throw explained(own, error);
      }
    },
  };
}

function explained(own: OwnTemplate, error: unknown): unknown {
  if (error instanceof UserError || !(error instanceof Error)) return error;
  const [found, expected] = [foundIn(own, error.message), 'Expected if, unless and each only.'];
  return refusal([{ found, expected }]);
}

/** What Handlebars says, on one line and with the place in front. */
function foundIn({ path }: OwnTemplate, message: string): string {
  const [, ofText, near = ''] = /^Parse error on line (\d+):\n(.*)/.exec(message) ?? [];
  if (ofText !== undefined) return `${path}, line ${ofText}: it cannot be read near \`${near}\`.`;
  const [, reason = message, line] = /^(.*?) - (\d+):\d+$/s.exec(message) ?? [];
  return `${path}${line === undefined ? '' : `, line ${line}`}: ${reason}.`;
}

function unknownNames(
  own: OwnTemplate,
  missing: MissingName[],
  known: string[],
  former: FormerNames,
): UserError {
  const first = missing.filter(
    ({ name }, at) => missing.findIndex((other) => other.name === name) === at,
  );
  const problems = first.map(({ name, line }) => {
    const place = line === 0 ? own.path : `${own.path}, line ${line}`;
    const [up = ''] = /^(?:\.\.\/)*/.exec(name) ?? [];
    const next = former[name.slice(up.length)];
    if (next === undefined) {
      const expected = didYouMean(closest(name, known), 'Expected a name that an original uses.');
      return { found: `${place}: there is no name \`${name}\`.`, expected };
    }
    const expected = next === '' ? 'as its original says it now' : `\`${up}${next}\` in its place`;
    return { found: `${place}: the name \`${name}\` is gone.`, expected: `Expected ${expected}.` };
  });
  return refusal(problems);
}

/** What a template should say, only its owner knows; how it differs from the original, can be shown. */
function refusal(problems: readonly Problem[]): UserError {
  return new UserError(problems, 'gen eject endpoint --force --diff');
}
