import { readAccess, readRate } from './access.ts';
import { readOnly, readPagination, readUnder } from './endpoint-options.ts';
import { flagOf, settingNames } from './endpoint-settings.ts';
import type { Problem } from './errors.ts';
import { onlyOf } from './manifest.ts';
import { settingsSchema } from './manifest-schema.ts';
import type { ResourceNames } from './names.ts';
import type { EndpointSettings, SettingName } from './setting-table.ts';

type Typed = { [Name in SettingName]?: string | undefined };
type Around = { others: readonly ResourceNames[]; own: ResourceNames; roles: readonly string[] };
/** `near` is what was probably meant, if something is wrong. */
type Read = { value?: unknown; problems: Problem[]; near?: string | undefined };

/** Settings that need more than their schema to be read. All others are read as they were typed. */
const readers: { [Name in SettingName]?: (text: string, around: Around) => Read } = {
  pagination: readPagination,
  only: readOnly,
  under: (text, { others, own }) => {
    const { value, ...read } = readUnder(text, others, own);
    return { ...read, ...(value && { value: value.plural }) };
  },
  access: (text, { roles }) => readAccess(text, roles),
  rateLimit: readRate,
  graphql: (text) => ({ value: text !== 'false', problems: [] }),
};

/** The settings that were typed as flags, and the flags with obvious corrections. */
export function readSettings(
  typed: Typed,
  around: Around,
): { value: EndpointSettings; problems: Problem[]; mended: Typed | undefined } {
  const read = settingNames.map((name) => {
    const text = typed[name];
    return { name, text, ...(text === undefined ? { problems: [] } : readOne(name, text, around)) };
  });
  const given = read.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]));
  const value = settingsSchema().parse(Object.fromEntries(given));
  const { only, ...rest } = value;
  return {
    value: { ...rest, ...onlyOf(only) },
    problems: read.flatMap(({ problems }) => problems),
    mended: mendedOf(read),
  };
}

type ReadFlag = Read & { name: SettingName; text: string | undefined };

/** The flags with corrections; undefined if one has none that is obvious. */
function mendedOf(read: readonly ReadFlag[]): Typed | undefined {
  const mended = read.map(({ name, text, problems, near }) => {
    const isFine = problems.length === 0;
    return { name, isKnown: isFine || near !== undefined, text: isFine ? text : near };
  });
  if (mended.some(({ isKnown }) => !isKnown)) return undefined;
  return Object.fromEntries(mended.map(({ name, text }) => [name, text]));
}

function readOne(name: SettingName, text: string, around: Around): Read {
  const reader = readers[name];
  if (reader !== undefined) return reader(text, around);
  const parsed = settingsSchema().safeParse({ [name]: text });
  if (parsed.success) return { value: text, problems: [] };
  const found = `\`--${flagOf(name)}\` is \`${text}\`.`;
  const [issue] = parsed.error.issues;
  return { problems: [{ found, expected: issue?.message ?? 'Expected another value.' }] };
}
