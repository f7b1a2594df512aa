import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTexts, renderMail } from './texts.ts';

const link = 'https://example.com/reset-password#token=a&b';
const good = 'Subject: Hello\n\nChoose:\n\n{{link}}\n';

/** All texts as they are, except for one. */
const withText = (text: string | undefined) => () =>
  readTexts((file) => (file === 'reset-password.txt' ? text : readFileSync(`mails/${file}`, 'utf8')));

describe('the texts in mails/', () => {
  it('are complete', () => {
    for (const text of readTexts().values()) expect(text).toMatch(/^Subject: \S/);
  });

  it.each([
    ['no file', undefined, 'The file is missing'],
    ['no subject', 'Hello\n\n{{link}}\n', 'Expected "Subject: …"'],
    ['an empty subject', 'Subject: \n\n{{link}}\n', 'Expected "Subject: …"'],
    ['no empty line', 'Subject: Hello\n{{link}}\n', 'Expected "Subject: …"'],
    ['no link', 'Subject: Hello\n\nHello\n', '{{link}} is missing'],
    ['an unknown placeholder', `${good}{{name}}\n`, 'Unknown placeholder {{name}}: expected {{link}}'],
  ])('are refused where there is %s', (_case, text, message) => {
    expect(withText(text)).toThrow(`mails/reset-password.txt: ${message}`);
  });

  it('become a text and an HTML part', () => {
    const texts = withText('Subject: Hello & <bye>\n\nA <b>\nB\n\n{{ link }}\n')();
    expect(renderMail(texts, { name: 'reset-password', values: { link } })).toEqual({
      subject: 'Hello & <bye>',
      text: `A <b>\nB\n\n${link}\n`,
      html:
        '<p>A &#60;b&#62;<br>\nB</p>\n' +
        '<p><a href="https://example.com/reset-password#token=a&#38;b">https://example.com/reset-password#token=a&#38;b</a></p>',
    });
  });
});
