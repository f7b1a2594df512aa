import { readFileSync } from 'node:fs';

const mailNames = [
  'accept-invitation',
  'already-registered',
  'email-changed',
  'new-sign-in',
  'password-changed',
  'reset-password',
  'verify-email',
] as const;

export type MailName = (typeof mailNames)[number];
/** A mail to send: the values of its placeholders. */
export type Letter = { name: MailName; values: Readonly<Record<string, string>> };
export type Message = { subject: string; text: string; html: string };
export type Texts = ReadonlyMap<MailName, string>;

/** The placeholders that the text of each mail in `mails/` must have. */
const placeholders: Readonly<Record<MailName, readonly string[]>> = {
  'accept-invitation': ['link'],
  'already-registered': ['link'],
  'email-changed': [],
  'new-sign-in': ['device', 'time'],
  'password-changed': [],
  'reset-password': ['link'],
  'verify-email': ['link'],
};

const folder = new URL('../../mails/', import.meta.url);

/** Reads the texts. Throws one error that lists everything that is wrong with them. */
export function readTexts(read = readFile): Texts {
  const found = mailNames.map((name) => ({ name, text: read(`${name}.txt`) }));
  const problems = found.flatMap(({ name, text }) =>
    faultsOf(name, text).map((fault) => `  mails/${name}.txt: ${fault}`),
  );
  if (problems.length > 0) throw new Error(`The texts of mails are wrong:\n${problems.join('\n')}`);
  return new Map(found.map(({ name, text = '' }) => [name, text]));
}

/**
 * Fills in a text. Its first line is the subject. The HTML part has the same paragraphs, and a line
 * that is only a link becomes one.
 */
export function renderMail(texts: Texts, { name, values }: Letter): Message {
  const filled = (texts.get(name) ?? '').replace(
    placeholder,
    (_all, key: string) => values[key] ?? '',
  );
  const [first = '', ...rest] = filled.split('\n');
  const text = `${rest.join('\n').trim()}\n`;
  const html = text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.split('\n').map(htmlOf).join('<br>\n')}</p>`)
    .join('\n');
  return { subject: first.replace(subject, ''), text, html };
}

const subject = /^Subject: +/;
const placeholder = /\{\{ *(\w*) *\}\}/g;

function readFile(file: string): string | undefined {
  try {
    return readFileSync(new URL(file, folder), 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return undefined;
  }
}

function faultsOf(name: MailName, text: string | undefined): string[] {
  if (text === undefined) return ['The file is missing'];
  const known = placeholders[name];
  const used = [...text.matchAll(placeholder)].map(([, key = '']) => key);
  const expected = known.map((key) => `{{${key}}}`).join(' and ') || 'none';
  return [
    ...(/^Subject: +\S.*\n\n/.test(text) ? [] : ['Expected "Subject: …" and an empty line first']),
    ...used
      .filter((key) => !known.includes(key))
      .map((key) => `Unknown placeholder {{${key}}}: expected ${expected}`),
    ...known.filter((key) => !used.includes(key)).map((key) => `{{${key}}} is missing`),
  ];
}

function htmlOf(line: string): string {
  const escaped = line.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return /^https?:\/\/\S+$/.test(line) ? `<a href="${escaped}">${escaped}</a>` : escaped;
}
