import { confirm, input, select } from '@inquirer/prompts';
import { isAccounts } from '../manifest/accounts.ts';
import type { Plan } from '../manifest/change.ts';
import { paginations } from '../manifest/choices.ts';
import type { EndpointRequest } from '../manifest/endpoint.ts';
import { parseEndpoint } from '../manifest/endpoint.ts';
import { UserError } from '../manifest/errors.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { modifierRow, modifiers } from '../manifest/modifier-table.ts';
import { parseResourceName } from '../manifest/names.ts';
import type { Rules } from '../manifest/rules.ts';
import type { FieldType } from '../manifest/type-table.ts';
import { fieldTypes, typeRow } from '../manifest/type-table.ts';
import { out } from './colors.ts';
import { planLines } from './report-plan.ts';

type OpenRequest = Omit<EndpointRequest, 'name'> & { name: string | undefined };

/** Asks for the name, for fields until an empty one, and for the pagination if no flag gave it. */
export async function askEndpoint(
  open: OpenRequest,
  manifest: Manifest,
  rules: Rules,
): Promise<EndpointRequest> {
  const withName = (name: string) => ({ ...open, name, fields: [anyField] });
  const name =
    open.name ??
    (await input({
      message: 'Name of the endpoint (plural)',
      validate: (text) => faultOf(withName(text), manifest, rules),
    }));
  checkStart(withName(name), manifest, rules);
  const request = { ...open, name };
  const known = Object.keys(manifest.endpoints);
  const accounts = known.filter((plural) => isAccounts(manifest, plural));
  const targets = [...new Set([...known, parseResourceName(name, rules, overrides(open)).plural])];
  const fields: string[] = [];
  const check = (field: string) =>
    faultOf({ ...request, fields: [...fields, field] }, manifest, rules);
  for (;;) {
    const field = await askField(fields.length === 0, { targets, accounts }, check);
    if (field === undefined) break;
    fields.push(field);
  }
  const isListed = open.only === undefined || open.only.split(',').includes('list');
  const pagination = open.pagination ?? (isListed ? await askPagination() : undefined);
  return { ...request, fields, pagination };
}

/** A placeholder, so that everything else is checked before the questions about fields. */
const anyField = 'x';

function checkStart(request: EndpointRequest, manifest: Manifest, rules: Rules): void {
  try {
    parseEndpoint(request, manifest, rules);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const command = error.command.replace(` ${anyField}:string`, '');
    throw new UserError(error.problems, command);
  }
}

/** Shows the plan and asks whether to write it. */
export function confirmWrite(plan: Plan, usual: boolean): Promise<boolean> {
  process.stdout.write(`\n${planLines(plan, out).join('\n')}\n\n`);
  return confirm({ message: 'Write these files?', default: usual });
}

type Check = (field: string) => true | string;

async function askField(
  isFirst: boolean,
  { targets, accounts }: { targets: string[]; accounts: string[] },
  check: Check,
): Promise<string | undefined> {
  const name = await input({
    message: isFirst
      ? 'First field (a name, or name:type:modifier)'
      : 'Next field (leave empty to finish)',
    validate: (text) => {
      if (text.trim() === '') return isFirst ? 'An endpoint needs at least one field.' : true;
      return check(text.trim());
    },
  });
  const typed = name.trim();
  if (typed === '') return undefined;
  if (typed.includes(':')) return typed;
  const type = await select<FieldType>({
    message: `Type of ${typed}`,
    choices: fieldTypes.map((value) => ({ value, description: typeRow(value).says })),
    pageSize: fieldTypes.length,
    loop: false,
  });
  const argument = await askArgument(typed, type, targets, check);
  const start = `${typed}:${type}${argument}`;
  const canOwn = accounts.includes(argument.slice(1));
  // `self` is for the fields of users, whose endpoint is there already.
  const fitting = modifiersOf(type).filter((each) => (each === 'owner' ? canOwn : each !== 'self'));
  const words = await input({
    message: `Modifiers of ${typed}, if any (${fitting.join(' ')})`,
    validate: (text) => check(withWords(start, text)),
  });
  return withWords(start, words);
}

const withWords = (field: string, text: string) =>
  [field, ...text.split(' ').filter((word) => word !== '')].join(':');

/** The argument of the type: the endpoint of a ref, the values of an enum. */
async function askArgument(
  name: string,
  type: FieldType,
  targets: string[],
  check: Check,
): Promise<string> {
  const key = typeRow(type).argument?.key;
  if (key === undefined) return '';
  if (key === 'to') {
    return `:${await select({ message: `Endpoint that ${name} refers to`, choices: targets })}`;
  }
  const valuesOf = (text: string) =>
    text
      .split(/[\s,]+/)
      .filter(Boolean)
      .join(',');
  const values = await input({
    message: `Values of ${name}, separated by commas`,
    validate: (text) => check(`${name}:${type}:${valuesOf(text)}`),
  });
  return `:${valuesOf(values)}`;
}

const paginationHelp = {
  cursor: 'cursor: fast and stable while rows are added',
  offset: 'offset: page numbers and a total',
};

function askPagination(): Promise<string> {
  return select({
    message: 'Pagination',
    choices: paginations.map((value) => ({ value, name: paginationHelp[value] })),
  });
}

/** The modifiers of a type, as they are typed. */
function modifiersOf(type: FieldType): string[] {
  const { takes } = typeRow(type);
  return modifiers
    .filter((each) => takes.includes(each))
    .map((each) => (modifierRow(each).value === undefined ? each : `${each}=…`));
}

function overrides({ singular, plural }: OpenRequest) {
  return { ...(singular !== undefined && { singular }), ...(plural !== undefined && { plural }) };
}

/** What is wrong with the answers so far. */
function faultOf(request: EndpointRequest, manifest: Manifest, rules: Rules): true | string {
  try {
    parseEndpoint(request, manifest, rules);
    return true;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}
