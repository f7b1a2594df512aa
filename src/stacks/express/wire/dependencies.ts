import { ts } from 'ts-morph';
import { homeOf } from '../../typescript/wire/expressions.ts';
import { textOf } from '../../typescript/wire/positions.ts';
import { resolveName } from '../../typescript/wire/scope.ts';
import { mountedCall } from './module-routes.ts';
import type { RoutesFile } from './mounted.ts';
import { isDead } from './reachable.ts';
import type { RouterPlace } from './router-place.ts';

/** What to hand to the routes: what the other mounts hand over, or else the function's parameter. */
export function findDependencies(
  file: RoutesFile,
  place: RouterPlace,
): { text: string } | { reason: string } {
  const given = [...new Set(argumentsOfMounts(file, place))];
  if (given.length === 1 && given[0] !== undefined) return { text: given[0] };
  const parameter = parameterAround(file, place.home);
  if (parameter && (given.length === 0 || given.includes(parameter))) return { text: parameter };
  return {
    reason:
      given.length > 1
        ? `the other mounts have different arguments (${given.join('; ')})`
        : 'nothing shows what to hand to the routes: no other mount, and no parameter with the dependencies',
  };
}

function argumentsOfMounts(file: RoutesFile, place: RouterPlace): string[] {
  return file.uses
    .filter((use) => use.router === place.router && homeOf(use.call) === place.home)
    .flatMap((use) => {
      const call = isDead(use.call) ? undefined : mountedCall(use, file.scopes);
      const [only, ...more] = call?.arguments ?? [];
      if (!only || more.length > 0 || ts.isSpreadElement(only)) return [];
      return use.direct || isVisible(file, place, only) ? [textOf(only)] : [];
    });
}

// A mount inside an `if` counts if its argument is declared outside of the `if`.
function isVisible(file: RoutesFile, place: RouterPlace, given: ts.Expression): boolean {
  if (!ts.isIdentifier(given) || !place.statements) return false;
  return (
    resolveName(file.scopes, given, given.text) ===
    resolveName(file.scopes, place.statements, given.text)
  );
}

function parameterAround(file: RoutesFile, home: ts.Node): string | undefined {
  if (ts.isSourceFile(home)) return undefined;
  const parameters = ts.isFunctionLike(home) ? [...home.parameters] : [];
  const named = parameters.filter((each) => ts.isIdentifier(each.name) && !each.dotDotDotToken);
  const fitting = named.filter((each) => holdsDependencies(file, each));
  const alone = parameters.length === 1 ? named.filter(({ type }) => !type) : [];
  const [parameter] = fitting.length === 1 ? fitting : alone;
  return parameter ? textOf(parameter.name) : parameterAround(file, homeOf(home));
}

function holdsDependencies(file: RoutesFile, parameter: ts.ParameterDeclaration): boolean {
  if (/^dep(endencie)?s$/i.test(textOf(parameter.name))) return true;
  const type = parameter.type;
  if (!type || !ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return false;
  const declaration = resolveName(file.scopes, type, type.typeName.text);
  const original =
    declaration && ts.isImportSpecifier(declaration) ? declaration.propertyName?.text : undefined;
  return [type.typeName.text, original ?? ''].some((name) => /dep(endencie)?s$/i.test(name));
}
