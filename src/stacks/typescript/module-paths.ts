/** Where a module may be that is not one of a package: beside this one, or below an alias of `src`. */
export function pathsOf(specifier: string, from: string): string[] {
  const alias = /^[@#~]\w*\/(.+)$/.exec(specifier)?.[1];
  const isRelative = /^\.{1,2}(\/|$)/.test(specifier);
  if (!isRelative && (alias === undefined || /^@\w/.test(specifier))) return [];
  const path = alias === undefined ? joined(from, specifier) : `src/${alias}`;
  const bare = path.replace(/\.[cm]?[jt]s$/, '');
  const isFile = bare !== path;
  return isFile
    ? [path, `${bare}.ts`, `${bare}.mts`]
    : [`${path}.ts`, `${path}.mts`, `${path}/index.ts`];
}

function joined(from: string, specifier: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
