import type { ModifierRow } from '../manifest/modifier-table.ts';
import { modifierRow, modifiers } from '../manifest/modifier-table.ts';
import type { TypeRow } from '../manifest/type-row.ts';
import { fieldTypes, typeRow } from '../manifest/type-table.ts';

/** The grammar of fields, for the help of the commands that take fields. */
export function fieldHelp(): string {
  return `
Fields:
  title               is short for title:string
  title:string:max=9  has a type and modifiers

Types:
${typeLines().join('\n')}

Modifiers:
${modifierLines().join('\n')}

Access:
  read, create, update and delete: public, user (everybody who is signed in), or
  owner and roles of the project: 'update=owner|admin' or update=owner+admin;
  the default is read=user,create=user,update=owner,delete=owner

Examples:
  gen endpoint authors name:string:max=80 email:email:unique
  gen endpoint posts title:string:search author:ref:authors --access read=public`;
}

function typeLines(): string[] {
  const rows = fieldTypes.map((type): [string, TypeRow] => [type, typeRow(type)]);
  const plain = rows.filter(([, { argument }]) => argument === undefined);
  const others = rows.flatMap(([type, { argument, says }]) =>
    argument === undefined ? [] : [explained(`${type}:${argument.example}`, says)],
  );
  return [...wrapped(plain.map(([type]) => type)), ...others];
}

function modifierLines(): string[] {
  const rows = modifiers.map((name): [string, ModifierRow] => [name, modifierRow(name)]);
  const plain = rows.filter(([, { isExplained }]) => !isExplained);
  const others = rows.filter(([, { isExplained }]) => isExplained);
  return [
    ...wrapped(plain.map(([name, { value }]) => (value === undefined ? name : `${name}=${value}`))),
    ...others.map(([name, { says }]) => explained(name, says)),
  ];
}

/** `  ref:users               the id of a row of another endpoint` */
const explained = (word: string, says: string) =>
  `  ${word.padEnd(22)}  ${says.slice(0, 1).toLowerCase()}${says.slice(1).replace(/\.$/, '')}`;

/** Words in lines that fit a terminal. */
function wrapped(words: readonly string[]): string[] {
  return (
    words
      .join(' ')
      .match(/.{1,78}(?= |$)/g)
      ?.map((line) => `  ${line.trim()}`) ?? []
  );
}
