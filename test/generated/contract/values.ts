const untold = ['a\0b', '\ud800ab', 'ab\udc00', 'http://a.example/\0', 'http://a.example/\ud800'];
const texts = [
  'headline',
  'body',
  'class',
  'pin',
  'contact',
  'site',
  'kind',
  'token',
  'day',
  'price',
];

/** What no field of a news item takes: 422 and the name of the field, nothing else. */
export const refused: [field: string, value: unknown][] = [
  ...texts.flatMap((field) => untold.map((value): [string, unknown] => [field, value])),
  ...['meta', 'extra'].flatMap((field): [string, unknown][] => [
    [field, { text: 'a\0b' }],
    [field, { 'a\0b': 1 }],
    [field, ['\ud800']],
    [field, 'text'],
    [field, 1],
  ]),
  ['meta', null],
  ['score', '0.5'],
  ['score', -0.0001],
  ['score', 1.0000001],
  ['rank', 2147483648],
  ['rank', -2147483649],
  ['rank', 1.5],
  ['rank', 1e21],
  ['level', 0],
  ['level', 4],
  ['price', 1],
  ['price', '1e5'],
  ['price', '.5'],
  ['price', '1.'],
  ['price', '01'],
  ['price', ' 1'],
  ['price', 'NaN'],
  ['price', '9'.repeat(400)],
  ['cost', '0.99'],
  ['cost', '3.000000001'],
  ['day', '2026-02-29'],
  ['day', '0000-01-01'],
  ['day', '10000-01-01'],
  ['day', '2026-01-01T00:00:00Z'],
  ...['24:00', '9:30', '10:30:60', '10:60', '10:30:00.5', '10:30Z', '10:30+00:00', ' 10:30', 1030]
    .concat(['07:59:59', '18:00:01', '1030'])
    .map((value): [string, unknown] => ['opens', value]),
  ['at', '2026-01-31'],
  ['at', '2026-01-31T12:00:00'],
  ['at', '2026-01-31T24:00:00Z'],
  ['at', '2026-01-31T23:59:60Z'],
  ['at', '9999-12-31T23:59:59-14:00'],
  ['at', '0001-01-01T00:00:00+14:00'],
  ['at', 1769860800000],
  ['published', 'true'],
  ['published', 0],
  ['kind', 'A'],
  ['kind', ['a']],
  ['headline', ''],
  ['headline', 'x'.repeat(81)],
  ['headline', { toString: 'x' }],
  ['pin', '123'],
  ['contact', `${'x'.repeat(250)}@example.com`],
  ['contact', `${'x'.repeat(65)}@example.com`],
  ['contact', `x@${'x'.repeat(64)}.com`],
  ['contact', `x@example.${'x'.repeat(64)}`],
  ['site', 'ftp://example.com'],
  ['site', '//example.com'],
  ['site', `https://example.com/${longUnpackable()}`],
  ['authorId', '\0'],
  ['authorId', null],
];

/** What a news item keeps and answers, as it is or as the third value says. */
export const kept: [field: string, value: unknown, answered?: unknown][] = [
  ['headline', "'); drop table news; --"],
  ['headline', '\u0001\u001f\u007f\u2028 "quoted" \\back'],
  ['headline', '🙂'.repeat(40)],
  ['headline', 'e\u0301 ≠ é, שלום, \ufeff'],
  ['class', 'null'],
  ['body', ''],
  ['score', 1e-320],
  ['score', 0.1 + 0.2],
  ['rank', -2147483648],
  ['price', '999999999999999999.999999999'],
  ['price', '-0.10'],
  ['price', '1.000'],
  ['day', '0001-01-01'],
  ['day', '9999-12-31'],
  ['day', '2028-02-29'],
  ['opens', '08:00', '08:00:00'],
  ['opens', '17:59:59'],
  ['opens', '18:00:00'],
  ['at', '2026-01-31T23:30:00-05:30', '2026-02-01T05:00:00.000Z'],
  ['at', '2026-01-31T12:00:00.123456Z', '2026-01-31T12:00:00.123Z'],
  ['at', '0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
  ['at', '1600-02-29T00:00:00Z', '1600-02-29T00:00:00.000Z'],
  ['meta', []],
  ['meta', { 'a b': [null, true, 1.5, '\\u0000', { deep: ['ü', '🙂'] }] }],
  ['site', 'https://exämple.com/ü?q=🙂#x'],
];

/** Short enough as a text, and too long for an index, as nothing in it repeats. */
function longUnpackable(): string {
  let state = 1;
  return Array.from({ length: 2000 }, () => {
    state = (state * 48271) % 2147483647;
    return String.fromCharCode(0x4e00 + (state % 20000));
  }).join('');
}
