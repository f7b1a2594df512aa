/** A value or a name as a value of an enum in GraphQL: `in-review` is `IN_REVIEW`. */
export function enumMember(value: string): string {
  const words = value.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll('-', '_').toUpperCase();
  return /^\d/.test(words) ? `_${words}` : words;
}

/** `publishedAt` to `PublishedAt`. */
export const capitalized = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);
