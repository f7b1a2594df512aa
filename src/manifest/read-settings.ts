import { readAccess, readRate } from './access.ts';
import { readOnly, readPagination, readUnder } from './endpoint-options.ts';
import { flagOf, settingNames } from './endpoint-settings.ts';
import type { Problem } from './errors.ts';
import { onlyOf } from './manifest.ts';
import { endpointSchemas } from './manifest-schema.ts';
import type { ResourceNames } from './names.ts';
import type { EndpointSettings, SettingName } from './setting-table.ts';

type Typed = { [Name in SettingName]?: string | undefined };
type Around = { others: readonly ResourceNames[]; own: ResourceNames; roles: readonly string[] };
/** `near` is what was probably meant, where what was typed is not as it should be. */
type Read = { value?: unknown; problems: Problem[]; near?: string | undefined };

/** What is read with more help, or from more than the schema takes. Others are what was typed. */
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

/** The settings that were typed behind flags, and the flags mended where it is clear how. */
export function readSettings(
  typed: Typed,
  around: Around,
): { value: EndpointSettings; problems: Problem[]; mended: Typed | undefined } {
  const read = settingNames.map((name) => {
    const text = typed[name];
    return { name, text, ...(text === undefined ? { problems: [] } : readOne(name, text, around)) };
  });
  const given = read.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]));
  const value = endpointSchemas().settingsSchema.parse(Object.fromEntries(given));
  const { only, ...rest } = value;
  return {
    value: { ...rest, ...onlyOf(only) },
    problems: read.flatMap(({ problems }) => problems),
    mended: mendedOf(read),
  };
}

type ReadFlag = Read & { name: SettingName; text: string | undefined };

/** The flags as they should have been typed; undefined where nobody can tell of one. */
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
  const parsed = endpointSchemas().settingsSchema.safeParse({ [name]: text });
  if (parsed.success) return { value: text, problems: [] };
  const found = `\`--${flagOf(name)}\` is \`${text}\`.`;
  const [issue] = parsed.error.issues;
  return { problems: [{ found, expected: issue?.message ?? 'Expected another value.' }] };
}
