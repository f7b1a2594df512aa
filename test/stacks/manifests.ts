import { withAccounts } from '../../src/manifest/accounts.ts';
import { growAccounts } from '../../src/manifest/accounts-request.ts';
import { type AccountPart, accountParts } from '../../src/manifest/choices.ts';
import type { EndpointRequest } from '../../src/manifest/endpoint.ts';
import { parseEndpoint } from '../../src/manifest/endpoint.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { addEndpoint } from '../../src/manifest/manifest.ts';
import { faultOfService } from '../../src/manifest/service-schema.ts';
import { type FieldType, fieldTypes, typeRow } from '../../src/manifest/type-table.ts';
import { stacks } from '../../src/stacks/stacks.ts';

export const emptyManifest: Manifest = {
  name: 'shop',
  stack: 'express',
  auth: 'none',
  basePath: '/api',
  packageManager: 'npm',
  endpoints: {},
};

const stackOf = ({ stack }: Manifest) => (stack === 'fastapi' ? stacks.fastapi : stacks.express);

/** A backend with accounts, as it is made. */
export const accountsManifest: Manifest = withAccounts({ ...emptyManifest, auth: 'jwt' });

/** A manifest with endpoints that were asked for one after another. */
export function manifestWith(...requests: EndpointRequest[]): Manifest {
  return grown(emptyManifest, ...requests);
}

/** The manifest with more endpoints, by the rules of its stack. */
export function grown(manifest: Manifest, ...requests: EndpointRequest[]): Manifest {
  const { rules } = stackOf(manifest);
  return requests.reduce((before, request) => {
    const { names, endpoint } = parseEndpoint(request, before, rules);
    return addEndpoint(before, names.plural, endpoint);
  }, manifest);
}

/** The manifest with more fields of its users. */
export function withUserFields(manifest: Manifest, ...fields: string[]): Manifest {
  return growAccounts({ name: 'users', fields }, manifest, stackOf(manifest).rules).after;
}

/** A field as it is typed, or with all that a list can ask of its type. */
export function typedWith(name: string, type: FieldType, words: string | 'asked for'): string {
  const { argument, takes, bounds } = typeRow(type);
  const target = argument?.key === 'to' ? 'people' : argument?.example;
  const start = [name, type, target].filter((part) => part !== undefined).join(':');
  if (words !== 'asked for') return `${start}${words}`;
  const asked = (['search', 'filter', 'sort'] as const).filter((each) => takes.includes(each));
  const length = asked.includes('sort') && bounds === 'length' ? ['max=60'] : [];
  return [start, ...length, ...asked].join(':');
}

/** Together they use every type, modifier, pagination, way to nest and set of operations. */
export const everything: EndpointRequest[] = [
  {
    name: 'people',
    fields: [
      'name',
      'nickName:string:optional:search:sort',
      'age:integer:min=0:max=150:filter:sort:optional',
    ],
  },
  {
    name: 'arrays',
    pagination: 'offset',
    fields: [
      'tags:string:list:filter',
      'notes:text:list:optional',
      'counts:integer:list:filter:min=1:max=3',
      'ratios:number:list',
      'amounts:decimal:list:filter',
      'flags:boolean:list',
      'days:date:list:filter',
      'times:datetime:list:filter',
      'hours:time:list:filter:min=1:max=40',
      'ids:uuid:list',
      'mails:email:list',
      'urls:url:list',
      'kinds:enum:x,y:list:filter',
    ],
  },
  {
    name: 'categories',
    pagination: 'offset',
    fields: [
      'name:string:unique:max=40',
      'parent:ref:categories:optional:filter',
      'order:integer:default=0:sort',
    ],
  },
  {
    name: 'news',
    under: 'people',
    fields: [
      'headline:string:min=3:max=80:search:sort:unique',
      'body:text:search:optional:max=5000',
      'score:number:min=0:max=1:filter:sort',
      'views:integer:default=0:readonly',
      'rank:integer:filter:sort',
      'price:decimal:filter:sort:default=9.99',
      'cost:decimal:min=1:max=3',
      'published:boolean:filter:sort:default=false',
      'day:date:filter:sort',
      'opens:time:filter:sort:min=08:00:max=18:00:default=10:30',
      'closes:time:optional:unique:private',
      'at:datetime:filter:sort:optional',
      'since:datetime:default=2026-01-31T12:00:00+02:00',
      'token:uuid:unique:private',
      'trace:uuid:filter',
      'contact:email:search:filter:unique',
      'site:url:search:optional:filter',
      'meta:json',
      'extra:json:optional:private',
      'kind:enum:a,b-c,D_e:filter:sort:default=b-c',
      'mode:enum:on,off:optional:filter',
      'author:ref:people:filter',
      'editor:ref:categories:optional',
      "class:string:index:default=it's",
      'pin:string:min=4:max=4:private',
      'level:integer:min=1:max=3',
    ],
  },
  { name: 'links', fields: ['left:ref:people', 'right:ref:people'], only: 'list,get,create' },
  { name: 'logs', fields: ['text:text', 'level:enum:info,error:filter'], only: 'list,get' },
  {
    name: 'inbox-messages',
    fields: ['subject', 'person:ref:people:unique', 'secret:string:private:optional'],
    only: 'create,delete',
  },
  { name: 'leftovers', fields: ['note:text:optional'], only: 'delete' },
  { name: 'pings', fields: ['note:string:optional'], only: 'update' },
  { name: 'settings', fields: ['key:string:unique', 'value:json'], only: 'get,replace,delete' },
  {
    name: 'comments',
    fields: ['text:text', 'news:ref:news:filter'],
    under: 'news',
    only: 'list,create',
  },
  {
    name: 'subscriptionTranslations',
    pagination: 'offset',
    fields: [
      'planLanguageCode:string:unique:search:sort:filter',
      'planStateName:enum:waitingForReview,publishedToEveryone,retiredForever:filter:sort',
      'veryLongNameForDay:datetime:optional:filter:sort',
      'original:ref:subscriptionTranslations:optional',
    ],
  },
  {
    name: 'orders',
    fields: ['group:string', 'user:string:sort:filter', 'order:integer:filter', 'limit2:integer'],
  },
  { name: 'ids', fields: ['a', 'b:ref:orders'] },
  {
    name: 'everyValues',
    fields: fieldTypes.map((type) => typedWith(`${type}Value`, type, 'asked for')),
  },
  {
    name: 'everyLists',
    fields: fieldTypes
      .filter((type) => typeRow(type).takes.includes('list'))
      .map((type) => typedWith(`${type}List`, type, type === 'text' ? ':list' : ':list:filter')),
  },
];

/** Every choice of parts of accounts, with GraphQL and without. */
export const choicesOfParts = accountParts
  .reduce<AccountPart[][]>((sets, part) => sets.concat(sets.map((set) => [...set, part])), [[]])
  .flatMap((accounts) => [false, true].map((graphql) => ({ accounts, graphql })));

/** Services whose names are words of languages or of the code, clash in part, or are long. */
export const servicesNamedAlike: NonNullable<Manifest['services']> = Object.fromEntries(
  (
    'a app api class clients config db event import key list none payments paymentsWebhook request ' +
    'router service settings url webhook webhooks whatOthersPayForInSmallRates x'
  )
    .split(' ')
    .filter((name) => faultOfService(name) === undefined)
    .map((name, at) => [name, { required: at % 2 === 0, webhook: true }]),
);
