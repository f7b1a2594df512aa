/** The grammar of fields, for the help of the commands that take some. */
export function fieldHelp(): string {
  return `
Fields:
  title               is short for title:string
  title:string:max=9  has a type and modifiers

Types:
  string text integer number decimal boolean date datetime uuid email url json
  enum:draft,published    one of these values
  ref:users               the id of a row of another endpoint

Modifiers:
  list optional unique index search filter sort default=x min=1 max=200
  private                 never leaves the server
  readonly                set by the server only
  owner                   of a ref:users: who made the row, and owns it

Access:
  read create update delete, each for public, user, owner, moderator or admin;
  read=user,create=user,update=owner,delete=owner where nothing is said

Examples:
  gen endpoint authors name:string:max=80 email:email:unique
  gen endpoint posts title:string:search author:ref:authors --access read=public`;
}
