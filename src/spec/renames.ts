/** Fields that go on under another name: of each endpoint, the names before with those after. */
export type Renames = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The renamed fields of one endpoint. */
export function renamesOf(renames: Renames, plural: string): ReadonlyMap<string, string> {
  return new Map(Object.entries(renames[plural] ?? {}));
}

/** The renames that take these back. */
export function reverseRenames(renames: Renames): Renames {
  return Object.fromEntries(
    Object.entries(renames).map(([plural, names]) => [
      plural,
      Object.fromEntries(Object.entries(names).map(([from, to]) => [to, from])),
    ]),
  );
}
