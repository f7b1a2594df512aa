/** An endpoint that goes on under another name, by its plurals. */
export type EndpointRename = { from: string; to: string };

/** What goes on under another name: the same rows, the same column. */
export type Renames = {
  endpoint?: EndpointRename;
  /** Fields: of each endpoint, the names before with those after. */
  fields?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/** The renamed fields of one endpoint. */
export function renamesOf({ fields }: Renames, plural: string): ReadonlyMap<string, string> {
  return new Map(Object.entries(fields?.[plural] ?? {}));
}

/** The renames that take these back. */
export function reverseRenames({ endpoint, fields }: Renames): Renames {
  const reversed = Object.entries(fields ?? {}).map(([plural, names]) => [
    plural,
    Object.fromEntries(Object.entries(names).map(([from, to]) => [to, from])),
  ]);
  return {
    ...(endpoint && { endpoint: { from: endpoint.to, to: endpoint.from } }),
    ...(fields && { fields: Object.fromEntries(reversed) }),
  };
}
