import { describe, expect, test } from 'vitest';
import { parseResourceName, resourceNames } from '../../src/manifest/names.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { refusal, wordsOf } from './refusal.ts';

const { rules } = stacks.express;

const regular = `
  post/posts user/users tag/tags order/orders product/products comment/comments item/items
  role/roles team/teams event/events message/messages image/images file/files page/pages
  invoice/invoices license/licenses purchase/purchases response/responses expense/expenses
  house/houses course/courses database/databases route/routes price/prices
  service/services device/devices employee/employees fee/fees byte/bytes size/sizes
  menu/menus taxi/taxis photo/photos piano/pianos video/videos human/humans german/germans
  sku/skus uri/uris cpu/cpus kpi/kpis visa/visas pizza/pizzas camera/cameras
`;
const endings = `
  category/categories company/companies city/cities entry/entries reply/replies query/queries
  currency/currencies policy/policies inventory/inventories hobby/hobbies key/keys day/days
  survey/surveys movie/movies cookie/cookies selfie/selfies calorie/calories tie/ties
  address/addresses process/processes business/businesses access/accesses
  boss/bosses box/boxes tax/taxes batch/batches match/matches branch/branches dish/dishes
  hash/hashes bus/buses gas/gases lens/lenses canvas/canvases bias/biases atlas/atlases
  status/statuses bonus/bonuses campus/campuses virus/viruses alias/aliases census/censuses
  cache/caches niche/niches headache/headaches epoch/epochs stomach/stomachs quiz/quizzes
  hero/heroes potato/potatoes echo/echoes veto/vetoes shoe/shoes canoe/canoes
  wife/wives knife/knives leaf/leaves wolf/wolves shelf/shelves thief/thieves half/halves
  roof/roofs belief/beliefs chief/chiefs proof/proofs safe/safes cafe/cafes
  valve/valves wave/waves archive/archives curve/curves glove/gloves
`;
const irregular = `
  person/people child/children man/men woman/women foot/feet tooth/teeth goose/geese
  mouse/mice ox/oxen die/dice passerby/passersby
`;
const latin = `
  datum/data medium/media criterion/criteria phenomenon/phenomena index/indices vertex/vertices
  matrix/matrices appendix/appendices analysis/analyses diagnosis/diagnoses crisis/crises
  thesis/theses axis/axes oasis/oases alumnus/alumni cactus/cacti syllabus/syllabi radius/radii
  curriculum/curricula memorandum/memoranda addendum/addenda bacterium/bacteria corpus/corpora
  spectrum/spectra larva/larvae schema/schemas agenda/agendas formula/formulas forum/forums
  stadium/stadiums album/albums quota/quotas area/areas focus/focuses
`;
const uncountable = `
  news sheep fish deer series species equipment information money feedback software hardware
  furniture luggage knowledge advice evidence weather music traffic homework aircraft offspring
  analytics logistics merchandise staff sms dns
`;

const pairs = [regular, endings, irregular, latin]
  .flatMap((nouns) => nouns.trim().split(/\s+/))
  .map((noun) => noun.split('/'))
  .map(([singular = '', plural = '']): [string, string] => [singular, plural]);

describe('nouns', () => {
  test.each(pairs)('%s and %s are one endpoint', (singular, plural) => {
    expect(parseResourceName(singular, rules)).toMatchObject({ plural, singular });
    expect(parseResourceName(plural, rules)).toMatchObject({ plural, singular });
    expect(resourceNames(plural).singular).toBe(singular);
  });

  test.each(uncountable.trim().split(/\s+/))('%s has one word for one and many', (noun) => {
    const names = parseResourceName(noun, rules);
    expect(names).toMatchObject({ plural: noun, singular: `${noun}Item`, table: noun });
    expect(parseResourceName(names.plural, rules)).toEqual(names);
  });

  test.each([
    ['basis', 'bases', 'basis'],
    ['bases', 'bases', 'base'],
    ['indexes', 'indexes', 'index'],
    ['newsItem', 'newsItems', 'newsItem'],
    ['x', 'xes', 'x'],
  ])('%s is read as it was typed', (typed, plural, singular) => {
    expect(parseResourceName(typed, rules)).toMatchObject({ plural, singular });
  });
});

describe('compounds', () => {
  test.each([
    'blogPosts',
    'blogPost',
    'blog-posts',
    'blog-post',
    'blog_posts',
    'BlogPost',
    'BLOG_POSTS',
  ])('%s has every form', (typed) => {
    expect(parseResourceName(typed, rules)).toEqual({
      plural: 'blogPosts',
      singular: 'blogPost',
      Plural: 'BlogPosts',
      Singular: 'BlogPost',
      path: 'blog-posts',
      table: 'blog_posts',
      column: 'blog_post',
      humanPlural: 'blog posts',
      humanSingular: 'blog post',
    });
  });

  test.each([
    ['salesPerson', 'salesPeople', 'salesPerson', 'sales_people'],
    ['product_categories', 'productCategories', 'productCategory', 'product_categories'],
    ['users-address', 'usersAddresses', 'usersAddress', 'users_addresses'],
    ['daily-news', 'dailyNews', 'dailyNewsItem', 'daily_news'],
    ['oauth2Token', 'oauth2Tokens', 'oauth2Token', 'oauth2_tokens'],
    ['HTTPLogs', 'httpLogs', 'httpLog', 'http_logs'],
    ['userIDs', 'userIds', 'userId', 'user_ids'],
    ['foo-2bar', 'foo2bars', 'foo2bar', 'foo2bars'],
    ['a-b-c', 'aBcs', 'aBc', 'a_bcs'],
  ])('%s inflects its last word only', (typed, plural, singular, table) => {
    const names = parseResourceName(typed, rules);
    expect(names).toMatchObject({ plural, singular, table });
    expect(resourceNames(names.plural)).toEqual(names);
    expect(parseResourceName(names.plural, rules)).toEqual(names);
    expect(parseResourceName(names.path, rules)).toEqual(names);
  });
});

describe('given by hand', () => {
  test.each([
    ['staff', { singular: 'staffer' }, 'staff', 'staffer'],
    ['sheep', { plural: 'sheeps' }, 'sheeps', 'sheep'],
    ['people', { singular: 'human' }, 'people', 'human'],
    ['octopus', { plural: 'octopodes' }, 'octopodes', 'octopus'],
    ['x', { singular: 'blog-entry', plural: 'BlogEntries' }, 'blogEntries', 'blogEntry'],
  ])('%s with %o', (typed, overrides, plural, singular) => {
    const names = parseResourceName(typed, rules, overrides);
    expect(names).toMatchObject({ plural, singular });
    expect(resourceNames(plural, singular)).toEqual(names);
  });

  test('the singular and the plural must differ', () => {
    const { message, command } = refusal(() =>
      parseResourceName('people', rules, { singular: 'people' }),
    );
    expect(message).toBe(
      'The plural and the singular are both `people`. Expected two words, such as `people` and `person`.',
    );
    expect(command).toBe('gen endpoint people');
  });

  test('every bad name is told at once, with its flag', () => {
    const { problems } = refusal(() =>
      parseResourceName('1', rules, { singular: 'y!', plural: '' }),
    );
    expect(problems.map(({ found }) => found)).toEqual([
      '`1` is not a name.',
      '--singular `y!` is not a name.',
      '--plural The name is empty.',
    ]);
  });
});

describe('refused', () => {
  test.each([
    ['', 'The name is empty.'],
    ['123', '`123` is not a name.'],
    ['Users!', '`Users!` is not a name.'],
    ['../x', '`../x` is not a name.'],
    ['-x', '`-x` is not a name.'],
    ['a--b', '`a--b` is not a name.'],
    ['blog posts', '`blog posts` is not a name.'],
    [' posts', '` posts` is not a name.'],
    ['posts\n', '`posts\n` is not a name.'],
    ['café', '`café` is not a name.'],
    ['__proto__', '`__proto__` is not a name.'],
    ['class', '`class` is a reserved word of TypeScript. Expected a noun, such as `classes`.'],
    ['Class', '`class` is a reserved word of TypeScript. Expected a noun, such as `classes`.'],
    ['new', '`new` is a reserved word of TypeScript. Expected a noun, such as `news`.'],
    ['default', '`default` is a reserved word of TypeScript. Expected a noun, such as `defaults`.'],
    ['enum', '`enum` is a reserved word of TypeScript. Expected a noun, such as `enums`.'],
    ['argument', '`arguments` already means something else'],
    ['health', '`health` already means something else'],
    ['ready', '`ready` already means something else'],
    ['docs', 'Expected another name, such as `documents`.'],
    ['doc', '`docs` already means something else'],
    ['openapi', '`openapi` already means something else'],
    ['openApi', '`openApi` already means something else'],
    ['auth', '`auth` already means something else'],
    ['me', '`me` already means something else'],
    ['metric', '`metrics` already means something else'],
    ['api', '`api` already means something else'],
    ['constructor', '`constructor` already means something else'],
    ['prototype', '`prototype` already means something else'],
    [`${'long'.repeat(10)}X`, 'is 41 characters long. Expected at most 40'],
    ['veryLongNamesThatGoOnAndOnAndOnAndNeverEnd', 'is 42 characters long.'],
  ])('%j', (typed, message) => {
    const error = refusal(() => parseResourceName(typed, rules));
    expect(error.message).toContain(message);
    expect(error.command).toMatch(/^gen endpoint \w+$/);
    const [works = ''] = wordsOf(error.command);
    expect(parseResourceName(works, rules).plural).toBe(works);
  });

  test.each(['classes', 'defaults', 'types', 'apis', 'healthChecks', 'constructors'])(
    'but not %s',
    (typed) => {
      expect(parseResourceName(typed, rules).plural).toBe(typed);
    },
  );
});
