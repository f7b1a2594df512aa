/** A renamed endpoint, by its plurals. */
export type EndpointRename = { from: string; to: string };

/** What is renamed: a table keeps its rows, a column its values. */
export type Renames = {
  endpoint?: EndpointRename;
  /** Fields: for each endpoint, old names to new names. */
  fields?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/** The renamed fields of one endpoint. */
export function renamesOf({ fields }: Renames, plural: string): ReadonlyMap<string, string> {
  return new Map(Object.entries(fields?.[plural] ?? {}));
}

/** The renames that undo these. */
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
