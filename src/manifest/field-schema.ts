import * as z from 'zod';
import { once } from './once.ts';

/** The error of each schema says what was expected: it is what the person reads. */
const flag = (description: string) =>
  z
    .literal(true, { error: 'Expected true, or the key left out.' })
    .exactOptional()
    .describe(description);
const bound = (description: string) =>
  z.number({ error: 'Expected a number, such as 1.' }).exactOptional().describe(description);
const preset = <T extends z.ZodType>(schema: T) =>
  schema.exactOptional().describe('What a new row gets when nothing is sent.');
const wordPattern = /^[A-Za-z0-9_-]+$/;

/** One field, as `backend.json` holds it. Which keys fit which type is part of the schema. */
export const fieldSchema = once(() => {
  const optional = flag('May be left out and may be null. Without it the field is required.');
  const secret = flag('Never leaves the server.');
  const readonly = flag('Set by the server only: refused in a request.');
  const hidden = { private: secret, readonly };
  const owner = flag('Whose row it is: the server sets it to the user who makes the row.');
  const list = flag('Holds several values.');
  const unique = flag('No two rows may have the same value.');
  const index = flag('Has an index in the database.');
  const filter = flag('The list can be filtered by it.');
  const sort = flag('The list can be sorted by it.');
  const search = flag('?search= looks into it, through an index.');
  const range = {
    min: bound('Smallest value; for text the shortest length; for a list the fewest items.'),
    max: bound('Largest value; for text the longest length; for a list the most items.'),
  };
  const keys = { list, optional, unique, index, ...range };
  const inLists = { filter, sort, ...hidden };

  const expectText = { error: 'Expected a text.' };
  const whole = z.int({ error: 'Expected a whole number, such as 3.' });
  const finite = z.number({ error: 'Expected a number, such as 1.5.' });
  const amount = z
    .string({ error: 'Expected a text with a decimal number, such as "9.90".' })
    .regex(/^-?\d+(\.\d+)?$/, { error: 'Expected a decimal number, such as 9.90.' });
  const yesOrNo = z.boolean({ error: 'Expected true or false.' });
  const day = z.iso.date({ error: 'Expected a date, such as 2026-01-31.' });
  const instant = z.iso.datetime({
    offset: true,
    error: 'Expected a date with its time, such as 2026-01-31T12:00:00Z.',
  });
  const uuid = z.uuid({ error: 'Expected a UUID.' });
  const email = z.email({ error: 'Expected an address, such as me@example.com.' });
  const addressExpected = 'Expected an address, such as https://example.com.';
  const url = z
    .url({ protocol: /^https?$/, error: addressExpected })
    .regex(/^[^\s"'<>\\^`{|}]*$/, addressExpected);
  const enumValue = z.string(expectText).regex(wordPattern, {
    error: 'Expected letters, digits, `_` or `-`, as in enum:draft,published.',
  });
  const enumExpected = 'Expected values, as in enum:draft,published.';
  const refExpected = 'Expected the plural name of an endpoint, as in ref:users.';

  return z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('string').describe('A short text.'),
      ...keys,
      search,
      ...inLists,
      default: preset(z.string(expectText)),
    }),
    z.strictObject({
      type: z.literal('text').describe('A long text.'),
      list,
      optional,
      ...range,
      search,
      ...hidden,
      default: preset(z.string(expectText)),
    }),
    z.strictObject({
      type: z.literal('integer').describe('A whole number.'),
      ...keys,
      ...inLists,
      default: preset(whole),
    }),
    z.strictObject({
      type: z.literal('number').describe('A number, not exact: for measures.'),
      ...keys,
      ...inLists,
      default: preset(finite),
    }),
    z.strictObject({
      type: z.literal('decimal').describe('An exact number, as for money; a text in JSON.'),
      ...keys,
      ...inLists,
      default: preset(amount),
    }),
    z.strictObject({
      type: z.literal('boolean').describe('True or false.'),
      list,
      optional,
      index,
      ...range,
      ...inLists,
      default: preset(yesOrNo),
    }),
    z.strictObject({
      type: z.literal('date').describe('A day, such as 2026-01-31.'),
      ...keys,
      ...inLists,
      default: preset(day),
    }),
    z.strictObject({
      type: z.literal('datetime').describe('A moment in UTC.'),
      ...keys,
      ...inLists,
      default: preset(instant),
    }),
    z.strictObject({
      type: z.literal('uuid').describe('A UUID.'),
      ...keys,
      filter,
      ...hidden,
      default: preset(uuid),
    }),
    z.strictObject({
      type: z.literal('email').describe('An email address.'),
      ...keys,
      search,
      ...inLists,
      default: preset(email),
    }),
    z.strictObject({
      type: z.literal('url').describe('A web address.'),
      ...keys,
      search,
      ...inLists,
      default: preset(url),
    }),
    z.strictObject({ type: z.literal('json').describe('Any JSON.'), optional, ...hidden }),
    z.strictObject({
      type: z.literal('enum').describe('One of some values.'),
      values: z
        .array(enumValue, { error: enumExpected })
        .min(1, { error: enumExpected })
        .describe('The values that are allowed.'),
      ...keys,
      ...inLists,
      default: preset(z.string(expectText)),
    }),
    z.strictObject({
      type: z.literal('ref').describe('The id of a row of another endpoint.'),
      to: z
        .string({ error: refExpected })
        .regex(/^[a-z][A-Za-z0-9]*$/, { error: refExpected })
        .describe('The plural name of the endpoint whose row it points to.'),
      optional,
      unique,
      index,
      filter,
      ...hidden,
      owner,
    }),
  ]);
});
