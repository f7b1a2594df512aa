/** The longest texts of fields that say nothing of it, in characters. */
export const longest = { string: 255, text: 20_000, email: 254, url: 2048 };

/** Lists that say nothing of their size hold this many items at most. */
export const mostItems = 100;

type Sized = { type: string; list: boolean; max?: number | undefined };

/** The longest text that a field takes, in characters; of each item where it is a list. */
export function maxLength({ type, list, max }: Sized): number {
  const usual =
    type === 'string' || type === 'text' || type === 'email' ? longest[type] : longest.url;
  return list ? usual : (max ?? usual);
}
