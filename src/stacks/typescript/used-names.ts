const name = /(?<![\w$])(?<!(?<!\.\.)\.)[A-Za-z_$][\w$]*/g;

/** Behind what a name with a colon is a key: anything else, as `?` or `case`, makes it a value. */
const beforeKey = /(?:^|[{}[(,;])\s*$/;

const piece =
  /\/\*[\s\S]*?\*\/|\/\/.*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|\\[\s\S]|[^'"`{}/\\]+|[\s\S]/y;
const templatePiece = /(?:\\[\s\S]|\$(?!\{)|[^`\\$])*(?:`|\$\{|$)/y;

/** The names that code uses, as opposed to keys of objects and types, members, texts and comments. */
export function usedNames(text: string): Set<string> {
  const code = codeOf(text);
  const used = [...code.matchAll(name)].filter(({ 0: found, index }) => {
    const after = code.slice(index + found.length, index + found.length + 2);
    const isKey =
      /^\??:/.test(after) && beforeKey.test(code.slice(Math.max(0, index - 200), index));
    return !isKey;
  });
  return new Set(used.map(([found]) => found));
}

/** What is left of a text without comments and texts; of a template, its expressions. */
function codeOf(text: string): string {
  const open: string[] = [];
  let code = '';
  let at = 0;
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const [found = ''] = pattern.exec(text) ?? [];
    at += found.length;
    return found;
  };
  while (at < text.length) {
    let found = take(piece);
    if (found === '{') open.push(found);
    if (found === '`' || (found === '}' && open.pop() === '${')) {
      found = take(templatePiece).endsWith('${') ? '${' : '`';
      if (found === '${') open.push(found);
      code += ';';
    } else if (!/^(?:\/[*/]|['"])/.test(found)) code += found;
  }
  return code;
}
