/** The keywords of Python 3.11 and later, the soft ones too, which no variable should have as its name. */
export const reservedWords: ReadonlySet<string> = new Set(
  (
    'and as assert async await break case class continue def del elif else except finally for from ' +
    'global if import in is lambda match nonlocal not or pass raise return try type while with yield'
  ).split(' '),
);
