/**
 * A client of the API of shop, made by `gen client` from backend.json. It needs only `fetch`, so
 * it runs in browsers, Node and edge runtimes.
 *
 *     const api = createClient({ baseUrl: 'https://api.example.com' });
 *     for await (const array of api.arrays.list()) console.log(array.id);
 */

// What the API takes and answers

export type Id = string;
/** A moment in UTC, such as `2026-01-31T12:00:00.000Z`. */
export type Moment = string;
/** An exact number, such as `9.90`. */
export type Decimal = string;
/** A day, such as `2026-01-31`. */
export type Day = string;
/** A time of day without a zone, such as `10:30:00`. */
export type TimeOfDay = string;
export type Json = Record<string, unknown> | unknown[];
export type Role = 'user' | 'moderator' | 'admin';

export type AuthRegister = {
  email: string;
  password: string;
};

export type AuthLogIn = {
  email: string;
  password: string;
};

export type AuthChangePassword = {
  currentPassword: string;
  newPassword: string;
};

export type AuthChangeProfile = Record<string, never>;

export type AuthSession = {
  id: Id;
  userAgent: string | null;
  createdAt: Moment;
  lastUsedAt: Moment;
  expiresAt: Moment;
  isCurrent: boolean;
};

export type AuthListSessions = {
  sortOrder?: 'asc' | 'desc' | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
};

export type ArrayRow = {
  id: Id;
  tags: string[];
  notes: string[] | null;
  counts: number[];
  ratios: number[];
  amounts: Decimal[];
  flags: boolean[];
  days: Day[];
  times: Moment[];
  hours: TimeOfDay[];
  ids: Id[];
  mails: string[];
  urls: string[];
  kinds: ('x' | 'y')[];
  ownerId: Id;
  createdAt: Moment;
  updatedAt: Moment;
};

export type CreateArray = {
  tags: string[];
  notes?: string[] | null;
  counts: number[];
  ratios: number[];
  amounts: Decimal[];
  flags: boolean[];
  days: Day[];
  times: Moment[];
  hours: TimeOfDay[];
  ids: Id[];
  mails: string[];
  urls: string[];
  kinds: ('x' | 'y')[];
};

export type ReplaceArray = {
  tags: string[];
  notes?: string[] | null;
  counts: number[];
  ratios: number[];
  amounts: Decimal[];
  flags: boolean[];
  days: Day[];
  times: Moment[];
  hours: TimeOfDay[];
  ids: Id[];
  mails: string[];
  urls: string[];
  kinds: ('x' | 'y')[];
};

export type PatchArray = {
  tags?: string[];
  notes?: string[] | null;
  counts?: number[];
  ratios?: number[];
  amounts?: Decimal[];
  flags?: boolean[];
  days?: Day[];
  times?: Moment[];
  hours?: TimeOfDay[];
  ids?: Id[];
  mails?: string[];
  urls?: string[];
  kinds?: ('x' | 'y')[];
};

export type ListArrays = {
  tags?: string | undefined;
  counts?: number | undefined;
  amounts?: Decimal | undefined;
  days?: Day | undefined;
  times?: Moment | undefined;
  hours?: TimeOfDay | undefined;
  kinds?: 'x' | 'y' | undefined;
  sortBy?: 'createdAt' | undefined;
  sortOrder?: 'asc' | 'desc' | undefined;
  perPage?: number | undefined;
  page?: number | undefined;
};

export type Category = {
  id: Id;
  name: string;
  parentId: Id | null;
  order: number;
  ownerId: Id;
  createdAt: Moment;
  updatedAt: Moment;
};

export type CreateCategory = {
  name: string;
  parentId?: Id | null;
  order?: number;
};

export type ReplaceCategory = {
  name: string;
  parentId?: Id | null;
  order?: number;
};

export type PatchCategory = {
  name?: string;
  parentId?: Id | null;
  order?: number;
};

export type ListCategories = {
  parentId?: Id | undefined;
  sortBy?: 'createdAt' | 'order' | undefined;
  sortOrder?: 'asc' | 'desc' | undefined;
  perPage?: number | undefined;
  page?: number | undefined;
};

export type EveryList = {
  id: Id;
  stringList: string[];
  textList: string[];
  integerList: number[];
  numberList: number[];
  decimalList: Decimal[];
  booleanList: boolean[];
  dateList: Day[];
  timeList: TimeOfDay[];
  datetimeList: Moment[];
  uuidList: Id[];
  emailList: string[];
  urlList: string[];
  enumList: ('draft' | 'published')[];
  ownerId: Id;
  createdAt: Moment;
  updatedAt: Moment;
};

export type CreateEveryList = {
  stringList: string[];
  textList: string[];
  integerList: number[];
  numberList: number[];
  decimalList: Decimal[];
  booleanList: boolean[];
  dateList: Day[];
  timeList: TimeOfDay[];
  datetimeList: Moment[];
  uuidList: Id[];
  emailList: string[];
  urlList: string[];
  enumList: ('draft' | 'published')[];
};

export type ReplaceEveryList = {
  stringList: string[];
  textList: string[];
  integerList: number[];
  numberList: number[];
  decimalList: Decimal[];
  booleanList: boolean[];
  dateList: Day[];
  timeList: TimeOfDay[];
  datetimeList: Moment[];
  uuidList: Id[];
  emailList: string[];
  urlList: string[];
  enumList: ('draft' | 'published')[];
};

export type PatchEveryList = {
  stringList?: string[];
  textList?: string[];
  integerList?: number[];
  numberList?: number[];
  decimalList?: Decimal[];
  booleanList?: boolean[];
  dateList?: Day[];
  timeList?: TimeOfDay[];
  datetimeList?: Moment[];
  uuidList?: Id[];
  emailList?: string[];
  urlList?: string[];
  enumList?: ('draft' | 'published')[];
};

export type ListEveryLists = {
  stringList?: string | undefined;
  integerList?: number | undefined;
  numberList?: number | undefined;
  decimalList?: Decimal | undefined;
  booleanList?: boolean | undefined;
  dateList?: Day | undefined;
  timeList?: TimeOfDay | undefined;
  datetimeList?: Moment | undefined;
  uuidList?: Id | undefined;
  emailList?: string | undefined;
  urlList?: string | undefined;
  enumList?: 'draft' | 'published' | undefined;
  sortBy?: 'createdAt' | undefined;
  sortOrder?: 'asc' | 'desc' | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
};

export type EveryValue = {
  id: Id;
  stringValue: string;
  textValue: string;
  integerValue: number;
  numberValue: number;
  decimalValue: Decimal;
  booleanValue: boolean;
  dateValue: Day;
  timeValue: TimeOfDay;
  datetimeValue: Moment;
  uuidValue: Id;
  emailValue: string;
  urlValue: string;
  jsonValue: Json;
  enumValue: 'draft' | 'published';
  refValueId: Id;
  ownerId: Id;
  createdAt: Moment;
  updatedAt: Moment;
};

export type CreateEveryValue = {
  stringValue: string;
  textValue: string;
  integerValue: number;
  numberValue: number;
  decimalValue: Decimal;
  booleanValue: boolean;
  dateValue: Day;
  timeValue: TimeOfDay;
  datetimeValue: Moment;
  uuidValue: Id;
  emailValue: string;
  urlValue: string;
  jsonValue: Json;
  enumValue: 'draft' | 'published';
  refValueId: Id;
};

export type ReplaceEveryValue = {
  stringValue: string;
  textValue: string;
  integerValue: number;
  numberValue: number;
  decimalValue: Decimal;
  booleanValue: boolean;
  dateValue: Day;
  timeValue: TimeOfDay;
  datetimeValue: Moment;
  uuidValue: Id;
  emailValue: string;
  urlValue: string;
  jsonValue: Json;
  enumValue: 'draft' | 'published';
  refValueId: Id;
};

export type PatchEveryValue = {
  stringValue?: string;
  textValue?: string;
  integerValue?: number;
  numberValue?: number;
  decimalValue?: Decimal;
  booleanValue?: boolean;
  dateValue?: Day;
  timeValue?: TimeOfDay;
  datetimeValue?: Moment;
  uuidValue?: Id;
  emailValue?: string;
  urlValue?: string;
  jsonValue?: Json;
  enumValue?: 'draft' | 'published';
  refValueId?: Id;
};

export type ListEveryValues = {
  stringValue?: string | undefined;
  integerValue?: number | undefined;
  minIntegerValue?: number | undefined;
  maxIntegerValue?: number | undefined;
  numberValue?: number | undefined;
  minNumberValue?: number | undefined;
  maxNumberValue?: number | undefined;
  decimalValue?: Decimal | undefined;
  minDecimalValue?: Decimal | undefined;
  maxDecimalValue?: Decimal | undefined;
  booleanValue?: boolean | undefined;
  dateValue?: Day | undefined;
  minDateValue?: Day | undefined;
  maxDateValue?: Day | undefined;
  timeValue?: TimeOfDay | undefined;
  minTimeValue?: TimeOfDay | undefined;
  maxTimeValue?: TimeOfDay | undefined;
  datetimeValue?: Moment | undefined;
  minDatetimeValue?: Moment | undefined;
  maxDatetimeValue?: Moment | undefined;
  uuidValue?: Id | undefined;
  emailValue?: string | undefined;
  urlValue?: string | undefined;
  enumValue?: 'draft' | 'published' | undefined;
  refValueId?: Id | undefined;
  search?: string | undefined;
  sortBy?:
    | 'createdAt'
    | 'stringValue'
    | 'integerValue'
    | 'numberValue'
    | 'decimalValue'
    | 'booleanValue'
    | 'dateValue'
    | 'timeValue'
    | 'datetimeValue'
    | 'emailValue'
    | 'urlValue'
    | 'enumValue'
    | undefined;
  sortOrder?: 'asc' | 'desc' | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
};

export type NewsItem = {
  id: Id;
  headline: string;
  body: string | null;
  score: number;
  views: number;
  rank: number;
  price: Decimal;
  cost: Decimal;
  published: boolean;
  day: Day;
  opens: TimeOfDay;
  at: Moment | null;
  since: Moment;
  trace: Id;
  contact: string;
  site: string | null;
  meta: Json;
  kind: 'a' | 'b-c' | 'D_e';
  mode: 'on' | 'off' | null;
  authorId: Id;
  editorId: Id | null;
  class: string;
  level: number;
  ownerId: Id;
  createdAt: Moment;
  updatedAt: Moment;
};

export type CreateNewsItem = {
  headline: string;
  body?: string | null;
  score: number;
  rank: number;
  price?: Decimal;
  cost: Decimal;
  published?: boolean;
  day: Day;
  opens?: TimeOfDay;
  closes?: TimeOfDay | null;
  at?: Moment | null;
  since?: Moment;
  token: Id;
  trace: Id;
  contact: string;
  site?: string | null;
  meta: Json;
  extra?: Json | null;
  kind?: 'a' | 'b-c' | 'D_e';
  mode?: 'on' | 'off' | null;
  authorId: Id;
  editorId?: Id | null;
  class?: string;
  pin: string;
  level: number;
};

export type ReplaceNewsItem = {
  headline: string;
  body?: string | null;
  score: number;
  rank: number;
  price?: Decimal;
  cost: Decimal;
  published?: boolean;
  day: Day;
  opens?: TimeOfDay;
  closes?: TimeOfDay | null;
  at?: Moment | null;
  since?: Moment;
  token: Id;
  trace: Id;
  contact: string;
  site?: string | null;
  meta: Json;
  extra?: Json | null;
  kind?: 'a' | 'b-c' | 'D_e';
  mode?: 'on' | 'off' | null;
  authorId: Id;
  editorId?: Id | null;
  class?: string;
  pin: string;
  level: number;
};

export type PatchNewsItem = {
  headline?: string;
  body?: string | null;
  score?: number;
  rank?: number;
  price?: Decimal;
  cost?: Decimal;
  published?: boolean;
  day?: Day;
  opens?: TimeOfDay;
  closes?: TimeOfDay | null;
  at?: Moment | null;
  since?: Moment;
  token?: Id;
  trace?: Id;
  contact?: string;
  site?: string | null;
  meta?: Json;
  extra?: Json | null;
  kind?: 'a' | 'b-c' | 'D_e';
  mode?: 'on' | 'off' | null;
  authorId?: Id;
  editorId?: Id | null;
  class?: string;
  pin?: string;
  level?: number;
};

export type ListNews = {
  score?: number | undefined;
  minScore?: number | undefined;
  maxScore?: number | undefined;
  rank?: number | undefined;
  minRank?: number | undefined;
  maxRank?: number | undefined;
  price?: Decimal | undefined;
  minPrice?: Decimal | undefined;
  maxPrice?: Decimal | undefined;
  published?: boolean | undefined;
  day?: Day | undefined;
  minDay?: Day | undefined;
  maxDay?: Day | undefined;
  opens?: TimeOfDay | undefined;
  minOpens?: TimeOfDay | undefined;
  maxOpens?: TimeOfDay | undefined;
  at?: Moment | undefined;
  minAt?: Moment | undefined;
  maxAt?: Moment | undefined;
  trace?: Id | undefined;
  contact?: string | undefined;
  site?: string | undefined;
  kind?: 'a' | 'b-c' | 'D_e' | undefined;
  mode?: 'on' | 'off' | undefined;
  authorId?: Id | undefined;
  search?: string | undefined;
  sortBy?:
    | 'createdAt'
    | 'headline'
    | 'score'
    | 'rank'
    | 'price'
    | 'published'
    | 'day'
    | 'opens'
    | 'at'
    | 'kind'
    | undefined;
  sortOrder?: 'asc' | 'desc' | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
};

export type CreateNewsItemOfPerson = {
  headline: string;
  body?: string | null;
  score: number;
  rank: number;
  price?: Decimal;
  cost: Decimal;
  published?: boolean;
  day: Day;
  opens?: TimeOfDay;
  closes?: TimeOfDay | null;
  at?: Moment | null;
  since?: Moment;
  token: Id;
  trace: Id;
  contact: string;
  site?: string | null;
  meta: Json;
  extra?: Json | null;
  kind?: 'a' | 'b-c' | 'D_e';
  mode?: 'on' | 'off' | null;
  editorId?: Id | null;
  class?: string;
  pin: string;
  level: number;
};

export type ListNewsOfPerson = {
  score?: number | undefined;
  minScore?: number | undefined;
  maxScore?: number | undefined;
  rank?: number | undefined;
  minRank?: number | undefined;
  maxRank?: number | undefined;
  price?: Decimal | undefined;
  minPrice?: Decimal | undefined;
  maxPrice?: Decimal | undefined;
  published?: boolean | undefined;
  day?: Day | undefined;
  minDay?: Day | undefined;
  maxDay?: Day | undefined;
  opens?: TimeOfDay | undefined;
  minOpens?: TimeOfDay | undefined;
  maxOpens?: TimeOfDay | undefined;
  at?: Moment | undefined;
  minAt?: Moment | undefined;
  maxAt?: Moment | undefined;
  trace?: Id | undefined;
  contact?: string | undefined;
  site?: string | undefined;
  kind?: 'a' | 'b-c' | 'D_e' | undefined;
  mode?: 'on' | 'off' | undefined;
  search?: string | undefined;
  sortBy?:
    | 'createdAt'
    | 'headline'
    | 'score'
    | 'rank'
    | 'price'
    | 'published'
    | 'day'
    | 'opens'
    | 'at'
    | 'kind'
    | undefined;
  sortOrder?: 'asc' | 'desc' | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
};

export type Person = {
  id: Id;
  name: string;
  nickName: string | null;
  age: number | null;
  ownerId: Id;
  createdAt: Moment;
  updatedAt: Moment;
};

export type CreatePerson = {
  name: string;
  nickName?: string | null;
  age?: number | null;
};

export type ReplacePerson = {
  name: string;
  nickName?: string | null;
  age?: number | null;
};

export type PatchPerson = {
  name?: string;
  nickName?: string | null;
  age?: number | null;
};

export type ListPeople = {
  age?: number | undefined;
  minAge?: number | undefined;
  maxAge?: number | undefined;
  search?: string | undefined;
  sortBy?: 'createdAt' | 'nickName' | 'age' | undefined;
  sortOrder?: 'asc' | 'desc' | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
};

export type Post = {
  id: Id;
  title: string;
  status: 'draft' | 'published';
  views: number;
  authorId: Id;
  createdAt: Moment;
  updatedAt: Moment;
};

export type CreatePost = {
  title: string;
  status?: 'draft' | 'published';
  views?: number;
};

export type ReplacePost = {
  title: string;
  status?: 'draft' | 'published';
  views?: number;
};

export type PatchPost = {
  title?: string;
  status?: 'draft' | 'published';
  views?: number;
};

export type ListPosts = {
  status?: 'draft' | 'published' | undefined;
  views?: number | undefined;
  minViews?: number | undefined;
  maxViews?: number | undefined;
  search?: string | undefined;
  sortBy?: 'createdAt' | 'views' | undefined;
  sortOrder?: 'asc' | 'desc' | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
};

export type Probe = {
  id: Id;
  note: string;
  createdAt: Moment;
  updatedAt: Moment;
};

export type CreateProbe = {
  note: string;
};

export type Product = {
  id: Id;
  name: string;
  price: Decimal;
  ownerId: Id;
  createdAt: Moment;
  updatedAt: Moment;
};

export type CreateProduct = {
  name: string;
  price: Decimal;
};

export type ReplaceProduct = {
  name: string;
  price: Decimal;
};

export type PatchProduct = {
  name?: string;
  price?: Decimal;
};

export type ListProducts = {
  price?: Decimal | undefined;
  minPrice?: Decimal | undefined;
  maxPrice?: Decimal | undefined;
  sortBy?: 'createdAt' | 'price' | undefined;
  sortOrder?: 'asc' | 'desc' | undefined;
  perPage?: number | undefined;
  page?: number | undefined;
};

export type User = {
  id: Id;
  email: string;
  role: Role;
  disabledAt: Moment | null;
  createdAt: Moment;
  updatedAt: Moment;
};

export type CreateUser = {
  email: string;
  password: string;
  role?: Role;
};

export type ReplaceUser = {
  role?: Role;
  disabled?: boolean;
};

export type PatchUser = {
  role?: Role;
  disabled?: boolean;
};

export type ListUsers = {
  email?: string | undefined;
  role?: Role | undefined;
  sortBy?: 'createdAt' | undefined;
  sortOrder?: 'asc' | 'desc' | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
};

// Pages, versions and options

/** One page of a list; `nextCursor` is the `cursor` of the next one, and null on the last. */
export type CursorPage<Row> = { rows: Row[]; limit: number; nextCursor: string | null };
export type NumberedPage<Row> = {
  rows: Row[];
  page: number;
  perPage: number;
  total: number;
  totalPages: number;
};

/** A loop of `for await` gets all rows of a list, page by page; `page()` gets one page. */
export type List<Row, Page> = AsyncIterable<Row> & { page(): Promise<Page> };

/** The key under which a row has its version. */
export const version: unique symbol = Symbol('version');

/**
 * A row with the version in which it was read. Give it in place of its id to change or delete it only
 * if nobody has changed it since (`If-Match`); otherwise that is refused with `PRECONDITION_FAILED`.
 */
export type Versioned<Row> = Row & { readonly [version]: string };

export type ClientOptions = {
  /** Where the API is, without `/api`; by default on the origin of the page. */
  baseUrl?: string;
  /** Where the tokens are kept; by default in memory. */
  tokens?: TokenStore;
  /** How many milliseconds a request may take until its whole answer is there; default 10,000. */
  timeout?: number;
  /** How often a failed request is repeated where that is safe; default 2. */
  retries?: number;
  /** Headers of every request. */
  headers?: Readonly<Record<string, string>>;
  /** Another `fetch`, such as one that logs. */
  fetch?: typeof fetch;
};

export type CallOptions = {
  signal?: AbortSignal;
  /** The timeout of this request only. */
  timeout?: number;
};

export type CreateOptions = CallOptions & {
  /** Requests with the same key create one row; by default each call has a key of its own. */
  idempotencyKey?: string;
};

/** The options of a change of `me`: with `ifMatch` only if nobody has changed it since. */
export type ChangeMeOptions = CallOptions & { ifMatch?: Versioned<User> };

/** Users name their password to delete themselves. */
export type DeleteUserOptions = CallOptions & { password?: string };

export type Tokens = { accessToken: string; refreshToken: string };

/** `undefined` where nobody is signed in. */
export type TokenStore = {
  read(): Tokens | undefined | Promise<Tokens | undefined>;
  write(tokens: Tokens | undefined): void | Promise<void>;
};

// Errors

/** What is wrong with a part of the input; without `value` where that is secret. */
export type ErrorDetail = { field: string; message: string; value?: unknown };

/** What went wrong; the last codes are those of this client, where no answer of the API came. */
export type ApiProblem =
  | { code: 'VALIDATION_ERROR' | 'CONFLICT'; details: ErrorDetail[] }
  | { code: 'RATE_LIMITED' | 'SERVICE_UNAVAILABLE'; retryAfter: number | undefined }
  | { code: (typeof plainCodes)[number] }
  | { code: 'TIMEOUT' | 'NO_ANSWER' | 'INVALID_ANSWER' };

/** An error of a request: `code` says which one, `requestId` finds it in the log of the server. */
export type ApiError = Error &
  ApiProblem & { status: number | undefined; requestId: string | undefined };

class Failure extends Error {
  override readonly name = 'ApiError';
}

export const isApiError = (error: unknown): error is ApiError => error instanceof Failure;

const plainCodes = [
  'BAD_REQUEST',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'REQUEST_TIMEOUT',
  'PRECONDITION_FAILED',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'RANGE_NOT_SATISFIABLE',
  'HEADERS_TOO_LARGE',
  'INTERNAL_ERROR',
] as const;

// The API

export type Client = ReturnType<typeof createClient>;

export function createClient(options: ClientOptions = {}) {
  const http = connect(options);
  return {
    /** A request to a route that was written by hand. */
    send: (call: Call, options: CallOptions = {}) => http.send(call, options),
    auth: {
      register: (values: AuthRegister, options: CallOptions = {}) =>
        http.signIn('/auth/register', values, options),
      logIn: (values: AuthLogIn, options: CallOptions = {}) =>
        http.signIn('/auth/login', values, options),
      logOut: (options: CallOptions = {}) => http.signOut('/auth/logout', options),
      /** Ends all sessions of the user. */
      logOutEverywhere: (options: CallOptions = {}) => http.signOut('/auth/logout-all', options),
    },
    me: {
      get: (options: CallOptions = {}) => http.get<User>('/me', options),
      update: (values: AuthChangeProfile, options: ChangeMeOptions = {}) =>
        http.changeMe(values, options),
      /** Ends all other sessions. */
      changePassword: (values: AuthChangePassword, options: CallOptions = {}) =>
        http.done({ method: 'PATCH', path: '/me/password', data: values }, options),
      sessions: (query: AuthListSessions = {}, options: CallOptions = {}) =>
        http.byCursor<AuthSession>('/me/sessions', query, options),
      endSession: (id: Id, options: CallOptions = {}) =>
        http.done({ method: 'DELETE', path: `/me/sessions/${encodeURIComponent(id)}` }, options),
    },
    arrays: {
      list: (query: ListArrays = {}, options: CallOptions = {}) =>
        http.byNumber<ArrayRow>('/arrays', query, options),
      get: (id: Id, options: CallOptions = {}) =>
        http.get<ArrayRow>(`/arrays/${encodeURIComponent(id)}`, options),
      create: (values: CreateArray, options: CreateOptions = {}) =>
        http.create<ArrayRow>('/arrays', values, options),
      replace: (target: Target<ArrayRow>, values: ReplaceArray, options: CallOptions = {}) =>
        http.change('PUT', '/arrays', target, values, options),
      update: (target: Target<ArrayRow>, values: PatchArray, options: CallOptions = {}) =>
        http.change('PATCH', '/arrays', target, values, options),
      delete: (target: Target<ArrayRow>, options: CallOptions = {}) =>
        http.remove('/arrays', target, options),
    },
    categories: {
      list: (query: ListCategories = {}, options: CallOptions = {}) =>
        http.byNumber<Category>('/categories', query, options),
      get: (id: Id, options: CallOptions = {}) =>
        http.get<Category>(`/categories/${encodeURIComponent(id)}`, options),
      create: (values: CreateCategory, options: CreateOptions = {}) =>
        http.create<Category>('/categories', values, options),
      replace: (target: Target<Category>, values: ReplaceCategory, options: CallOptions = {}) =>
        http.change('PUT', '/categories', target, values, options),
      update: (target: Target<Category>, values: PatchCategory, options: CallOptions = {}) =>
        http.change('PATCH', '/categories', target, values, options),
      delete: (target: Target<Category>, options: CallOptions = {}) =>
        http.remove('/categories', target, options),
    },
    everyLists: {
      list: (query: ListEveryLists = {}, options: CallOptions = {}) =>
        http.byCursor<EveryList>('/every-lists', query, options),
      get: (id: Id, options: CallOptions = {}) =>
        http.get<EveryList>(`/every-lists/${encodeURIComponent(id)}`, options),
      create: (values: CreateEveryList, options: CreateOptions = {}) =>
        http.create<EveryList>('/every-lists', values, options),
      replace: (target: Target<EveryList>, values: ReplaceEveryList, options: CallOptions = {}) =>
        http.change('PUT', '/every-lists', target, values, options),
      update: (target: Target<EveryList>, values: PatchEveryList, options: CallOptions = {}) =>
        http.change('PATCH', '/every-lists', target, values, options),
      delete: (target: Target<EveryList>, options: CallOptions = {}) =>
        http.remove('/every-lists', target, options),
    },
    everyValues: {
      list: (query: ListEveryValues = {}, options: CallOptions = {}) =>
        http.byCursor<EveryValue>('/every-values', query, options),
      get: (id: Id, options: CallOptions = {}) =>
        http.get<EveryValue>(`/every-values/${encodeURIComponent(id)}`, options),
      create: (values: CreateEveryValue, options: CreateOptions = {}) =>
        http.create<EveryValue>('/every-values', values, options),
      replace: (target: Target<EveryValue>, values: ReplaceEveryValue, options: CallOptions = {}) =>
        http.change('PUT', '/every-values', target, values, options),
      update: (target: Target<EveryValue>, values: PatchEveryValue, options: CallOptions = {}) =>
        http.change('PATCH', '/every-values', target, values, options),
      delete: (target: Target<EveryValue>, options: CallOptions = {}) =>
        http.remove('/every-values', target, options),
    },
    news: {
      list: (query: ListNews = {}, options: CallOptions = {}) =>
        http.byCursor<NewsItem>('/news', query, options),
      get: (id: Id, options: CallOptions = {}) =>
        http.get<NewsItem>(`/news/${encodeURIComponent(id)}`, options),
      create: (values: CreateNewsItem, options: CreateOptions = {}) =>
        http.create<NewsItem>('/news', values, options),
      replace: (target: Target<NewsItem>, values: ReplaceNewsItem, options: CallOptions = {}) =>
        http.change('PUT', '/news', target, values, options),
      update: (target: Target<NewsItem>, values: PatchNewsItem, options: CallOptions = {}) =>
        http.change('PATCH', '/news', target, values, options),
      delete: (target: Target<NewsItem>, options: CallOptions = {}) =>
        http.remove('/news', target, options),
      listOfPerson: (authorId: Id, query: ListNewsOfPerson = {}, options: CallOptions = {}) =>
        http.byCursor<NewsItem>(`/people/${encodeURIComponent(authorId)}/news`, query, options),
      createOfPerson: (authorId: Id, values: CreateNewsItemOfPerson, options: CreateOptions = {}) =>
        http.create<NewsItem>(`/people/${encodeURIComponent(authorId)}/news`, values, options),
    },
    people: {
      list: (query: ListPeople = {}, options: CallOptions = {}) =>
        http.byCursor<Person>('/people', query, options),
      get: (id: Id, options: CallOptions = {}) =>
        http.get<Person>(`/people/${encodeURIComponent(id)}`, options),
      create: (values: CreatePerson, options: CreateOptions = {}) =>
        http.create<Person>('/people', values, options),
      replace: (target: Target<Person>, values: ReplacePerson, options: CallOptions = {}) =>
        http.change('PUT', '/people', target, values, options),
      update: (target: Target<Person>, values: PatchPerson, options: CallOptions = {}) =>
        http.change('PATCH', '/people', target, values, options),
      delete: (target: Target<Person>, options: CallOptions = {}) =>
        http.remove('/people', target, options),
    },
    posts: {
      list: (query: ListPosts = {}, options: CallOptions = {}) =>
        http.byCursor<Post>('/posts', query, options),
      get: (id: Id, options: CallOptions = {}) =>
        http.get<Post>(`/posts/${encodeURIComponent(id)}`, options),
      create: (values: CreatePost, options: CreateOptions = {}) =>
        http.create<Post>('/posts', values, options),
      replace: (target: Target<Post>, values: ReplacePost, options: CallOptions = {}) =>
        http.change('PUT', '/posts', target, values, options),
      update: (target: Target<Post>, values: PatchPost, options: CallOptions = {}) =>
        http.change('PATCH', '/posts', target, values, options),
      delete: (target: Target<Post>, options: CallOptions = {}) =>
        http.remove('/posts', target, options),
      listOfUser: (authorId: Id, query: ListPosts = {}, options: CallOptions = {}) =>
        http.byCursor<Post>(`/users/${encodeURIComponent(authorId)}/posts`, query, options),
      createOfUser: (authorId: Id, values: CreatePost, options: CreateOptions = {}) =>
        http.create<Post>(`/users/${encodeURIComponent(authorId)}/posts`, values, options),
    },
    probes: {
      create: (values: CreateProbe, options: CreateOptions = {}) =>
        http.create<Probe>('/probes', values, options),
    },
    products: {
      list: (query: ListProducts = {}, options: CallOptions = {}) =>
        http.byNumber<Product>('/products', query, options),
      get: (id: Id, options: CallOptions = {}) =>
        http.get<Product>(`/products/${encodeURIComponent(id)}`, options),
      create: (values: CreateProduct, options: CreateOptions = {}) =>
        http.create<Product>('/products', values, options),
      replace: (target: Target<Product>, values: ReplaceProduct, options: CallOptions = {}) =>
        http.change('PUT', '/products', target, values, options),
      update: (target: Target<Product>, values: PatchProduct, options: CallOptions = {}) =>
        http.change('PATCH', '/products', target, values, options),
      delete: (target: Target<Product>, options: CallOptions = {}) =>
        http.remove('/products', target, options),
    },
    users: {
      list: (query: ListUsers = {}, options: CallOptions = {}) =>
        http.byCursor<User>('/users', query, options),
      get: (id: Id, options: CallOptions = {}) =>
        http.get<User>(`/users/${encodeURIComponent(id)}`, options),
      create: (values: CreateUser, options: CreateOptions = {}) =>
        http.create<User>('/users', values, options),
      replace: (target: Target<User>, values: ReplaceUser, options: CallOptions = {}) =>
        http.change('PUT', '/users', target, values, options),
      update: (target: Target<User>, values: PatchUser, options: CallOptions = {}) =>
        http.change('PATCH', '/users', target, values, options),
      delete: (target: Target<User>, { password, ...options }: DeleteUserOptions = {}) =>
        http.remove('/users', target, options, password),
    },
  };
}

// How an error is made of an answer

/** What an answer that is no success says. */
function failureOf(response: Response, body: unknown): ApiError {
  const { error, meta } = isObject(body) ? body : {};
  const { code, message, details } = isObject(error) ? error : {};
  const problem = problemOf(code, details, response.headers.get('Retry-After'));
  const requestId =
    isObject(meta) && typeof meta.requestId === 'string' ? meta.requestId : undefined;
  const said = typeof message === 'string' ? message : `Unexpected answer ${response.status}`;
  return Object.assign(new Failure(said), problem, { status: response.status, requestId });
}

function problemOf(code: unknown, details: unknown, retryAfter: string | null): ApiProblem {
  switch (code) {
    case 'VALIDATION_ERROR':
    case 'CONFLICT':
      return { code, details: Array.isArray(details) ? trusted<ErrorDetail[]>(details) : [] };
    case 'RATE_LIMITED':
    case 'SERVICE_UNAVAILABLE':
      return { code, retryAfter: secondsIn(retryAfter) };
    default:
      return { code: plainCodes.find((each) => each === code) ?? 'INVALID_ANSWER' };
  }
}

/** The seconds of a `Retry-After`, which may name a moment (RFC 9110, section 10.2.3). */
function secondsIn(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

/** What kept an answer from coming. */
function unanswered(code: 'TIMEOUT' | 'NO_ANSWER', text: string, cause?: unknown): ApiError {
  const nothing = { status: undefined, requestId: undefined };
  return Object.assign(new Failure(text, { cause }), { code, ...nothing });
}

// Requests

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export type Call = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  query?: Query;
  data?: unknown;
  headers?: Readonly<Record<string, string>>;
  /** Whether the server does it once if it is asked twice. */
  isRepeatable?: boolean;
  /** Whether it is sent without a token. */
  isOpen?: boolean;
};

export type Answer = {
  data: unknown;
  meta: Readonly<Record<string, unknown>>;
  /** The ETag of a row. */
  tag: string | undefined;
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Data of the server is as its contract says: this client does not check it. */
const trusted = <T>(data: unknown) => data as T;

function searchOf(query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.append(name, String(value));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  let body: unknown;
  try {
    body = text === '' ? undefined : JSON.parse(text);
  } catch {
    body = undefined;
  }
  if (!response.ok) throw failureOf(response, body);
  // A proxy that compresses makes a tag weak, which `If-Match` would not match.
  const tag = response.headers.get('ETag')?.replace(/^W\//, '');
  if (response.status === 204) return { data: undefined, meta: {}, tag };
  if (!isObject(body) || !isObject(body.meta)) throw failureOf(response, body);
  return { data: body.data, meta: body.meta, tag };
}

/** Work that ends with its time, or when the caller aborts it. */
async function within<T>(
  { timeout, signal }: { timeout: number; signal: AbortSignal | undefined },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const inner = new AbortController();
  const abort = () => inner.abort(signal?.reason);
  const late = unanswered('TIMEOUT', `No answer within ${timeout} ms`);
  const timer = setTimeout(() => inner.abort(late), timeout);
  signal?.addEventListener('abort', abort);
  try {
    return await work(inner.signal);
  } catch (error) {
    if (isApiError(error)) throw error;
    throw inner.signal.aborted ? inner.signal.reason : unanswered('NO_ANSWER', 'No answer', error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

const longestPause = 60_000;

/** The milliseconds to wait before a request is repeated; undefined where it must not be. */
function pauseBefore(call: Call, error: ApiError, tries: number): number | undefined {
  const pause = Math.min(250 * 2 ** tries, 5_000) * (0.5 + Math.random() / 2);
  switch (error.code) {
    case 'RATE_LIMITED':
    case 'SERVICE_UNAVAILABLE': {
      const asked = error.retryAfter === undefined ? pause : error.retryAfter * 1000 + pause;
      return asked > longestPause ? undefined : asked;
    }
    // The first of two requests with one key has not ended yet.
    case 'CONFLICT':
      return tries > 0 && call.isRepeatable && error.details.length === 0 ? pause : undefined;
    case 'TIMEOUT':
    case 'NO_ANSWER':
    case 'REQUEST_TIMEOUT':
      return call.isRepeatable ? pause : undefined;
    // What a proxy answers for a server that is away.
    case 'INVALID_ANSWER':
      return call.isRepeatable && (error.status ?? 0) >= 502 ? pause : undefined;
    default:
      return undefined;
  }
}

const wait = (milliseconds: number, signal: AbortSignal | undefined) =>
  new Promise<void>((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
  });

/** What others wait for too; who aborts waits no longer. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** 128 random bits. `crypto.randomUUID` exists only on pages of https. */
const randomKey = () =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');

/** A row by its id; or as it was read, and only if it is still so. */
type Target<Row> = Id | (Versioned<Row> & { id: Id });

const idOf = (target: Target<object>) =>
  encodeURIComponent(typeof target === 'string' ? target : target.id);

const conditionOf = (target: string | Versioned<object> | undefined): Record<string, string> =>
  typeof target === 'object' ? { 'If-Match': target[version] } : {};

/** `next` is the query of the page behind a page, if there is one. */
function listOf<Row, Page extends { rows: Row[] }>(
  load: (query: Query) => Promise<Page>,
  first: Query,
  next: (page: Page) => Query | false | null | '',
): List<Row, Page> {
  return {
    page: () => load(first),
    async *[Symbol.asyncIterator]() {
      for (let query: Query | false | null | '' = first; query; ) {
        const page: Page = await load(query);
        yield* page.rows;
        query = next(page);
      }
    },
  };
}

function memoryTokens(): TokenStore {
  let kept: Tokens | undefined;
  return {
    read: () => kept,
    write(tokens) {
      kept = tokens;
    },
  };
}

function tokensIn(data: unknown): Tokens {
  const { accessToken, refreshToken } = trusted<Tokens>(data);
  return { accessToken, refreshToken };
}

function connect(client: ClientOptions) {
  const { baseUrl = '', timeout = 10_000, retries = 2, headers = {} } = client;
  const ask: typeof fetch = client.fetch ?? ((input, init) => fetch(input, init));
  const tokens = client.tokens ?? memoryTokens();
  let refreshing: Promise<Tokens | undefined> | undefined;

  /** One request. */
  const once = (call: Call, options: CallOptions, token?: string): Promise<Answer> => {
    const { method, path, query = {}, data } = call;
    const sent = {
      ...headers,
      ...(data !== undefined && { 'Content-Type': 'application/json' }),
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...call.headers,
    };
    const body = data === undefined ? null : JSON.stringify({ data });
    const limits = { timeout: options.timeout ?? timeout, signal: options.signal };
    return within(limits, async (signal) =>
      answerOf(
        await ask(`${baseUrl}/api${path}${searchOf(query)}`, {
          method,
          headers: sent,
          body,
          signal,
        }),
      ),
    );
  };

  /** With the token of who is signed in, and once again with a new one if that is refused. */
  async function signed(call: Call, options: CallOptions): Promise<Answer> {
    const known = call.isOpen ? undefined : await tokens.read();
    try {
      return await once(call, options, known?.accessToken);
    } catch (error) {
      const isRefused = isApiError(error) && error.code === 'UNAUTHENTICATED';
      if (known === undefined || !isRefused) throw error;
      const fresh = await orAborted(refreshed(known), options.signal);
      if (fresh === undefined) throw error;
      return once(call, options, fresh.accessToken);
    }
  }

  /** New tokens in place of refused ones, by one request for all who wait; undefined: signed out. */
  async function refreshed(refused: Tokens): Promise<Tokens | undefined> {
    const now = await tokens.read();
    if (now?.accessToken !== refused.accessToken) return now;
    refreshing ??= refresh(now).finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  }

  async function refresh({ refreshToken }: Tokens): Promise<Tokens | undefined> {
    const isCurrent = async () => (await tokens.read())?.refreshToken === refreshToken;
    // The server answers the same to a repeated request.
    const call = {
      method: 'POST',
      path: '/auth/refresh',
      isRepeatable: true,
      isOpen: true,
    } as const;
    try {
      const { data } = await send({ ...call, data: { refreshToken } }, {});
      const fresh = tokensIn(data);
      // Whoever signed out meanwhile stays so.
      if (!(await isCurrent())) return await tokens.read();
      await tokens.write(fresh);
      return fresh;
    } catch (error) {
      if (!isApiError(error) || error.code !== 'UNAUTHENTICATED') throw error;
      if (!(await isCurrent())) return await tokens.read();
      await tokens.write(undefined);
      return undefined;
    }
  }

  /** A request that is repeated after a pause where that is safe. */
  async function send(call: Call, options: CallOptions): Promise<Answer> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await signed(call, options);
      } catch (error) {
        const mayRepeat = isApiError(error) && tries < retries;
        const pause = mayRepeat ? pauseBefore(call, error, tries) : undefined;
        if (pause === undefined) throw error;
        await wait(pause, options.signal);
      }
    }
  }

  const row = async <Row extends object>(call: Call, options: CallOptions) => {
    const { data, tag = '' } = await send(call, options);
    return { ...trusted<Row>(data), [version]: tag };
  };
  async function load<Row>(path: string, query: Query, options: CallOptions) {
    const call = { method: 'GET', path, query, isRepeatable: true } as const;
    const { data, meta } = await send(call, options);
    return { rows: trusted<Row[]>(data), meta };
  }
  return {
    send,
    async done(call: Call, options: CallOptions): Promise<void> {
      await send(call, options);
    },
    changeMe: (data: object, { ifMatch, ...options }: ChangeMeOptions): Promise<Versioned<User>> =>
      row({ method: 'PATCH', path: '/me', data, headers: conditionOf(ifMatch) }, options),
    async signOut(path: string, options: CallOptions): Promise<void> {
      try {
        await send({ method: 'POST', path }, options);
      } catch (error) {
        if (!isApiError(error) || error.code !== 'UNAUTHENTICATED') throw error;
      }
      await tokens.write(undefined);
    },
    /** Signs in with what such a request answers. */
    async signIn(path: string, data: object, options: CallOptions): Promise<User> {
      const answer = await send({ method: 'POST', path, data, isOpen: true }, options);
      await tokens.write(tokensIn(answer.data));
      return trusted<{ user: User }>(answer.data).user;
    },
    byCursor<Row>(path: string, first: Query, options: CallOptions): List<Row, CursorPage<Row>> {
      const page = async (query: Query): Promise<CursorPage<Row>> => {
        const { rows, meta } = await load<Row>(path, query, options);
        const { limit, nextCursor } = meta;
        return { rows, limit: Number(limit), nextCursor: nextCursor ? String(nextCursor) : null };
      };
      return listOf(
        page,
        first,
        ({ nextCursor }) => nextCursor && { ...first, cursor: nextCursor },
      );
    },
    byNumber<Row>(path: string, first: Query, options: CallOptions): List<Row, NumberedPage<Row>> {
      const page = async (query: Query): Promise<NumberedPage<Row>> => {
        const { rows, meta } = await load<Row>(path, query, options);
        const numbers = { perPage: Number(meta.perPage), total: Number(meta.total) };
        return { rows, page: Number(meta.page), totalPages: Number(meta.totalPages), ...numbers };
      };
      return listOf(
        page,
        first,
        (at) => at.page < at.totalPages && { ...first, page: at.page + 1 },
      );
    },
    row,
    get: <Row extends object>(path: string, options: CallOptions): Promise<Versioned<Row>> =>
      row({ method: 'GET', path, isRepeatable: true }, options),
    create<Row extends object>(
      path: string,
      data: object,
      { idempotencyKey = randomKey(), ...options }: CreateOptions,
    ): Promise<Versioned<Row>> {
      const key = { 'Idempotency-Key': idempotencyKey };
      return row({ method: 'POST', path, data, headers: key, isRepeatable: true }, options);
    },
    change: <Row extends object>(
      method: 'PUT' | 'PATCH',
      path: string,
      target: Target<Row>,
      data: object,
      options: CallOptions,
    ): Promise<Versioned<Row>> =>
      row({ method, path: `${path}/${idOf(target)}`, data, headers: conditionOf(target) }, options),
    async remove<Row extends object>(
      path: string,
      target: Target<Row>,
      options: CallOptions,
      password?: string,
    ): Promise<void> {
      const headers = conditionOf(target);
      const data = password === undefined ? undefined : { password };
      await send({ method: 'DELETE', path: `${path}/${idOf(target)}`, data, headers }, options);
    },
  };
}
