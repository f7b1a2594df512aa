/** A name in code, in a path or in SQL: `tagsRoutes`, `blog-posts`, `author_id`. */
export const WORD = /[A-Za-z_$][\w$]*(?:-[\w$]+)*/g;

export function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.match(WORD) ?? []);
}

/** A name in any of its forms, also as a part of another name: `createTagsService`, `tag_id`. */
export function formsOf(hump: string, lower: readonly string[]): RegExp {
  return new RegExp(`(?<![A-Z])${hump}(?![a-z])|(?<![A-Za-z])(?:${lower.join('|')})(?![a-z])`, 'g');
}
