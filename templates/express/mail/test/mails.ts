import type { Post } from '../src/mail/post.ts';
import type { Letter } from '../src/mail/texts.ts';

/** Keeps mails instead of sending them. */
export function collectMails() {
  const sent: { to: string; letter: Letter }[] = [];
  const post: Post = {
    send: async (to, _id, letter) => void sent.push({ to, letter }),
    close: () => undefined,
  };
  return { post, sent };
}

/** The token in the link of a mail. */
export function tokenIn({ values: { link = '' } }: Letter): string {
  return new URLSearchParams(new URL(link).hash.slice(1)).get('token') ?? '';
}
