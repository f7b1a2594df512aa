// Lines as templates render them, of the kinds that a generated project contains.

/** At the top of a file. */
export const IMPORTS = `
import { createPostBodySchemaWithVeryLongNameIndeedVeryLong } from './posts-with-a-very-long-name.schema.ts';
import { createPost, type ListPostsQuery, listPosts, type PatchPost, type PostRow } from './posts.repository.ts';
import type { createPost, ListPostsQuery, listPosts, PatchPost, PostRow, AndAnother } from './posts.repository.ts';
import aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, { createPost, type ListPostsQuery, listPosts } from './posts.repository.ts';
import * as aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa from './posts.repositoryaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.ts';
export { createPostBodySchemaWithVeryLongNameIndeedVeryLong } from './posts-with-a-very-long-name.schema.ts';
export { createPost, type ListPostsQuery, listPosts, type PatchPost, type PostRow } from './posts.repository.ts';
`
  .trim()
  .split('\n');

/** The first line of a function. */
export const OPENINGS = `
async function updatePostWithAVeryLongName(database: Database, id: string, patch: PatchPost): Promise<PostRow | undefined> {
const findPostByAuthorAndTitle = async (database: Database, authorId: string, title: string): Promise<PostRow[]> => {
async function listPosts(database: Database, query: ListPostsQuery, user?: User): Promise<Page<PostRow>> {
const create = async (database: Database, values: NewPost, user: User): Promise<PostRow> => {
function createPostsService({ database, logger, config }: Dependencies): PostsService {
function createPostsService({ database, logger }: { database: Database; logger: Logger }): PostsService {
function encode(value: string): string {
const handler = async (request: Request, response: Response, next: NextFunction) => {
function sample(overrides: Partial<CreatePost> = {}, user: User = sampleUser, ...rest: string[]): CreatePost {
async function remove(database: Database, id: string, { userId, role }: Actor): Promise<boolean> {
`
  .trim()
  .split('\n');

/** Inside an object. */
export const PROPERTIES = `
status: statusValuesOfTheBlog[countOfThePosts % 3] ?? 'waitingForReviewOfThePostByTheEditorOfTheBlog',
status: statusValuesOfTheBlog[countOfThePosts % 3] ?? statusValuesOfThisBlog[0] ?? 'waitingForReviewOfThePostByTheEditorOfTheBlog',
status: z.enum(['draft', 'published', 'archived', 'deleted', 'waiting', 'x', 'somewhat longer']).optional(),
status2: z.enum(['draft', 'published', 'archived', 'deleted', 'waiting', 'x', 'somewhat longer']).default('draft').optional(),
title: z.string().trim().min(1, 'must not be empty').max(200, 'must have at most 200 signs').optional().nullable(),
title2: z.string().min(1, 'must not be empty and other words').max(200, 'must have at most 200 signs ok, or not'),
titleOfPost: z.string('must be a text, and what it really must be').max(200, 'must have at most 200 signs ok, or not'),
email: z.email('must be an email address, such as somebody at example dot com, or else we will not write'),
email2: z.email({ message: 'must be an email address, such as somebody at example dot com, or else it fails' }),
updatedPostRowOfThis4: databaseOfTheWholeApplication.valuesOfTheWholePostInTheBlogOfTheAuthor(valuesOfThePost1),
updatedPostRowOfThis9: databaseOfTheApplication.something.anotherThing.yetAnotherThing.andThenTheLastOfAllThese1,
description: 'This is a very long message which does not fit into the line at all, This is a very long message',
id: 'This is a very long message which does not fit into the line at all, This is a very long message, ok',
key: 'This is a very long message which does not fit into the line at all, This is a very long message, ok',
keys: databaseOfTheWholeApplication.valuesOfTheWholePostInTheBlogOfTheAuthorOfTheWholePostInTheBlogO(valuesOfThePost1),
handler: async (request: Request, response: Response) => response.status(200).json({ data: await list(request) }),
sort: z.enum(['createdAt', 'updatedAt', 'title', 'body', 'authorId', 'publishedAt', 'status']).default('createdAt'),
tags: z.array(z.string().trim().min(1, 'must not be empty').max(200, 'must have at most 200 signs')).optional(),
tags2: z.array(z.enum(['createdAt', 'updatedAt', 'title', 'body', 'authorId', 'publishedAt', 'status', 'some'])),
rows: [{ id: 'a', title: 'Title of the first post' }, { id: 'b', title: 'Title of the second post of this blog' }],
meta: { nextCursor: null, limit: 20, timestamp: '2026-01-31T00:00:00.000Z', requestId: 'abc', path: '/api/posts' },
status: z.enum(['draft', 'published']).default('draft').describe('Whether everybody may read the post, or only its author'),
authorId: z.uuid('must be the id of a user, which is a UUID, as it was answered when that user was created').optional(),
publishedAt: z.iso.datetime({ offset: true, message: 'must be a date and time in ISO 8601, with an offset' }).nullable(),
publishedAt: z.iso.datetime({ offset: true }).transform((value) => new Date(value).toISOString()).nullable().optional(),
minPrice: z.string().regex(DECIMAL, 'must be a decimal').optional(),
title: z.string().trim().min(1, { message: 'must not be empty' }).max(200, { message: 'must have at most 200 signs' }),
price: z.union([z.string().regex(decimalPattern), z.number().positive(), z.literal('free'), z.null(), z.undefined()]),
where: { id: request.params.id, authorId: request.user.id, status: 'published', createdAt: { lessThan: query.before } },
responses: { 200: jsonContent(postResponse, 'The post'), 404: jsonContent(errorResponse, 'There is no such post at all') },
parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' }, description: 'The id' }],
required: ['id', 'title', 'body', 'authorId', 'status', 'createdAt', 'updatedAt', 'publishedAt', 'price', 'category'],
handler: (request: Request, response: Response) => sendPostsOfTheAuthor(request, response, request.params.authorId, 1),
log: logger.child({ name: 'posts', requestId: request.id, userId: request.user.id, method: request.method, path: 'a' }),
posts: createPostsService(createPostsRepository(database), createUsersRepository(database), loggerOfTheApplication12),
createdAt: new Date('2026-01-31T00:00:00.000Z').toISOString().slice(0, someNumberThatIsQuiteLong).concat('and the rest'),
`
  .trim()
  .split('\n');

/** Inside a function. */
export const STATEMENTS = `
const statusOfThePost = statusValuesOfTheBlog[countOfThePosts % 3] ?? createStatusOfThePost('waitingForReview', post);
if (!row) throw await refusal(id, only, ownRowsUnless(caller, 'moderator', 'editor', 'support', 'admin'));
if (!row) throw await refusal(id, only, ownRowsUnless(caller, 'moderator', 'editor', 'support', 'admin', 'and', 'more'));
if (!isReadable) return notFound('a row with a name that is so long that nobody would ever give it to one');
const isReadable = mayReadUser(values.recipientId, caller, 'moderator', 'editor', 'support', 'auditor', 'admin');
const only = { ownerId: ownRowsUnless(caller, 'moderator', 'editor', 'support', 'auditor', 'admin'), versions };
const mayRead = hasRole(caller, 'moderator', 'editor', 'support', 'auditor', 'administrator', 'and', 'more');
const postStatus1 = z.enum(['draft', 'published', 'archived', 'deleted', 'waiting', 'x', 'somewhat longer']);
const postStatus2 = z.enum(['draft', 'published', 'archived', 'deleted', 'waiting', 'x', 'somewhat longer']).optional();
const updatedPostRowOfThis = await updatePostWithAVeryLongName(database, id, patch, anotherArgument, andAnother1);
const updatedPostRowOfThis2 = await database.insertInto('postsOfThisBlog').values(valuesOfThePost).execute();
const updatedPostRowOfThis3 = await database.insertInto('postsOfThisBlog').valuesOfTheWholePost(valuesOfThePost1);
return await databaseOfThePosts.selectFrom('posts').selectAll().where('id', '=', id).executeTakeFirst(something);
return databaseOfThePosts.updateTableOfThePosts('postsOfTheBlog', { something: 'else', another: 'thing', and: 1 });
return 1;
const findPostByAuthorAndTitle2 = (database: Database, authorId: string, title: string): Promise<PostRow> => foo(a);
const findPostByAuthorAndTitle3 = (database: Database, authorId: string) => databaseOfPosts.selectFrom(posts, 'a');
const arr = ['draft', 'published', 'archived', 'deleted', 'waiting', 'x', 'somewhat longer', 'aaaaaaaaaaaaaaaaaaa'];
const arr2 = ['draft', 'published', 'archived', 'deleted', 'waiting', 'x', 'somewhat longer', 'aaaaaaaaaaaaaaa'] as const;
const nums = [1000000, 2000000, 3000000, 4000000, 5000000, 6000000, 7000000, 8000000, 9000000, 10000000, 11000000, 12000000];
const objs = [{ id: 1, title: 'first post of all', published: true }, { id: 2, title: 'second', published: false }];
const objs2 = [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }, { id: 5 }, { id: 6 }, { id: 7 }, { id: 8 }, { id: 9 }, 1];
const obj = { title: 'Title', body: 'Body', authorId: user.id, publishedAt: '2026-01-31T00:00:00.000Z', tags: ['a'] };
const obj3 = { title: 'Title', body: 'Body', nested: { authorId: user.id, publishedAt: '2026-01-31T00:00:00.000Z', tags: ['a'] } };
const longMessageForThePersonAtTheKeyboard = 'This is a very long message which does not fit into the line at all';
const short = 'This is a very long message which does not fit into the line at all, This is a very long message';
expect(responseOfTheServer.body.data).toEqual({ title: 'Title', body: 'Body', authorId: user.id, published: true });
expect(responseOfTheServer.body.error.details).toEqual(expectedDetailsOfTheErrorThatTheServerShouldAnswerWith1);
expect(responseOfTheServer.body.error.details.map((detail) => detail.field)).toEqual(['title', 'body', 'author']);
expect(await postsRepository.findById(createdPost.id, someOtherArgumentOfThisFunction)).toBeUndefinedAndNothing();
await request(app).post('/api/posts').set('Authorization', \`Bearer \${token}\`).send({ data: { title: 'Title' } }).expect(201);
const response1 = await request(app).post('/api/posts').set('Authorization', bearer).send({ data: { title: 'Title' } });
const response2 = await request(app).post('/api/posts-of-the-blog').send({ data: { title: 'Title', body: 'Body' } });
app.use('/api/posts', requireUser, postsRoutes(postsService(postsRepository(database), logger), rateLimits.posts));
registry.registerPath({ method: 'get', path: '/api/posts', responses: { 200: { description: 'ok', content: 'a' } } });
foo(async () => bar(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, ccccccccccccc), 1);
const x = pgTable('posts', { id: uuid('id').primaryKey(), title: text('title').notNull(), body: text('body') });
const updatedPostRowOfThis3 = database.insertInto('postsOfThisBlog').valuesOfTheWholePostInTheBlog(valuesOfThePost1);
const updatedPostRowOfThis4 = databaseOfTheWholeApplication.valuesOfTheWholePostInTheBlogOfTheAuthor(valuesOfThePost1);
const updatedPostRowOfThis5 = await databaseOfTheWholeApplication.valuesOfTheWholePostInTheBlogOfTheAut(valuesOfThePost1);
const updatedPostRowOfThis6 = await valuesOfTheWholePostInTheBlogOfTheAutAndSomethingAndWhateverElse(valuesOfThePost1);
const updatedPostRowOfThis7 = valuesOfTheWholePostInTheBlogOfTheAutAndSomethingAndWhateverElseAndEvenMore();
const updatedPostRowOfThis8 = database.insertInto('postsOfThisBlog').valuesOfTheWholePostInTheBlog().execute(a1234567);
const updatedPostRowOfThis9 = databaseOfTheApplication.something.anotherThing.yetAnotherThing.andThenTheLastOfAllThese1;
const updatedPostRowOfThis10 = databaseOfTheApplication.insertInto('postsOfThisBlog').andThenTheLastOfAllTheseCalls2();
const postRow = await databaseOfTheApplication.selectFrom('postsOfThisBlog').andThenTheLastOfAllTheseCalls2(aaa);
throw new HttpError(422, 'VALIDATION_ERROR', 'The request is not valid, and what is wrong with it is listed', details);
throw new NotFoundError(\`There is no post with the id \${id}, or it is not yours to read, who knows what it is\`);
return { data: rows.map(toPost), meta: { nextCursor, limit, timestamp: new Date().toISOString(), requestId: req.id } };
return rows.map((row) => ({ id: row.id, title: row.title, body: row.body, authorId: row.author_id, published: 1 }));
return rows.map((row) => toPostOfTheBlog(row, somethingElseThatIsQuiteLong, andAnotherThingThatIsLong, andMore));
return rows.filter((row) => row.id).map((row) => toPostOfTheBlog(row, somethingElseThatIsQuiteLong, andAnoth));
app.get('/api/posts/:id', requireUser(tokens), requireRole('admin'), validate(listPostsQuery), handlerOfThisRoute);
postsRouter.get('/', async (req, res) => res.json(await posts.list(listPostsQuery.parse(req.query), req.user)));
const { data, meta } = await postsService.listPosts(database, listPostsQuery.parse(request.query), request.user);
const created = await create({ title: 'Title of the post', body: 'Body of the post', authorId: user.id, tags: [] });
const created2 = await create({ title: 'Title of the post', body: 'Body of the post' }, { authorId: user.id, tags: [] });
expect(response.body).toMatchObject({ error: { code: 'VALIDATION_ERROR', details: [{ field: 'title', message: 'x' }] } });
expect(response.body.error.details).toEqual([{ field: 'title', message: 'Required' }, { field: 'body', message: 'x' }]);
await expect(postsService.update(database, post.id, { title: 'Another title' }, stranger)).rejects.toThrow(NotFound);
await expect(postsService.update(database, post.id, { title: 'Another title' }, stranger, 'and more')).rejects.toThrow(NotFoundError);
db.selectFrom('posts').selectAll().where('id', '=', idOfThePostThatIsWanted).executeTakeFirst(somethingElse1234);
this.database.selectFrom('posts').selectAll().where('id', '=', idOfThePostThatIsWanted).executeTakeFirst(something);
await sql\`create table posts (id uuid primary key, title text not null, body text not null, author_id uuid not null)\`.execute(db);
await db.schema.createTable('posts').addColumn('id', 'uuid', (column) => column.primaryKey()).addColumn('title', 'text').execute();
return Object.keys(valuesOfTheWholePostInTheBlog).map((key) => somethingElseThatIsQuiteLong(key)).filter(Boolean1);
const MAX = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29];
const postColumns = ['id', 'title', 'body', 'author_id', 'published_at', 'created_at', 'updated_at'] as const;
const listPostsQueryOfTheBlogSchema: z.ZodType<ListPostsQueryOfTheBlog> = z.object({ limit: z.number(), cursor: z.string() });
const token = jwt.sign({ sub: user.id, role: user.role }, config.jwtSecret, { algorithm: 'HS256', expiresIn: '15m' });
setTimeout(() => controller.abort(new Error('The server did not answer in time, so we gave up on it')), 15000);
return await withTransaction(database, async (transaction) => insertPost(transaction, { ...values, authorId: user1 }));
return await withTransaction(database, async (transaction) => insertPost(transaction, values, user, somethingElse));
const x1 = expectationOfTheWholeApplication(databaseOfTheBlog).valuesOfTheWholePostInTheBlogOfTheAuthor(valuesOfThePost1);
const x2 = createPostsRepository(databaseOfTheBlog).findAllThePostsThatBelongToTheAuthorOfTheOtherPost(authorIdOfPost).one;
const x3 = await request(applicationOfTheWholeBlog).get(\`/api/posts/\${createdPostOfTheBlog.id}/comments/\${comment.id}\`);
const x4 = await request(applicationOfTheWholeBlog).get(\`/api/posts/\${createdPostOfTheBlog.id}/comments\`).expect(200);
const x5 = await client.post('/api/posts', { data: { title: 'Title of the post', body: 'Body of the post', tags: [] } });
const x6 = await client.patch(\`/api/posts/\${post.id}\`, { data: { title: 'Another title' } }, { token: strangerToken });
const x7 = new PostsService(createPostsRepository(database), createUsersRepository(database), loggerOfTheApplication);
const x8 = { ...samplePost, ...overrides, title: 'Another title of this post', publishedAt: new Date().toISOString() };
const x9 = \`This is a template \${withExpressions} that is far too long for a line but nobody can break it, so it stays\`;
const x10: Record<string, PostStatusOfTheBlog> = { draft: 'draft', published: 'published', archived: 'archived1' };
const { data: postOfTheBlog } = createPostResponseSchemaOfTheBlog.parse(await responseOfTheServer.body.somethingElse());
expect(response.headers['www-authenticate-and-something-that-is-really-long-here']).toBe('Bearer realm="the blog"');
expect(listPostsQuery.safeParse({ limit: 101, cursor: 'not a cursor', sortBy: 'password', sortOrder: 'up' }).success).toBe(false);
expect(response.body.error.details.map((detail: { field: string }) => detail.field).sort()).toEqual(['body', 'title']);
expect(Object.keys(response.body.data)).toEqual(['id', 'title', 'body', 'authorId', 'publishedAt', 'createdAt', 'updatedAt']);
expect(await countPosts(database)).toBe(3 + someNumberThatIsQuiteLongInItsName1234567890 + anotherNumberThatIsLongAsWell);
await database.insertInto('posts').values({ ...values, id: newId(), created_at: now, updated_at: now }).returningAll().executeTakeFirstOrThrow();
const rows = await database.selectFrom('posts').selectAll().where('author_id', '=', authorId).orderBy('id', 'desc').limit(limit + 1).execute();
const query = database.selectFrom('posts').selectAll().$if(filter.status !== undefined, (q) => q.where('status', '=', filter.status));
await database.schema.createIndex('posts_author_id_index').on('posts').column('author_id').execute();
await database.schema.alterTable('posts').addColumn('published_at', 'timestamptz', (column) => column.notNull().defaultTo(sql\`now()\`)).execute();
await database.schema.createIndex('posts_of_the_blog_author_id_index').on('posts_of_the_blog').columns(['author_id', 'id']).execute();
const rateLimitOfTheLoginEndpointOfThisApplication = rateLimit({ windowMs: 60_000, limit: 100, name: 'posts:create' });
const ids = await Promise.all([createPost({ title: 'first' }), createPost({ title: 'second' }), createPost({ title: 'third' })]);
const statuses = new Map([['draft', 'Draft of the post'], ['published', 'Published post'], ['archived', 'Archived post']]);
const set = new Set(['createdAt', 'updatedAt', 'title', 'body', 'authorId', 'publishedAt', 'status', 'something else']);
const limit = z.coerce.number().int().min(1).max(100).default(20).describe('How many rows a page has at most, of course');
const body = z.string().trim().min(1).max(20000).describe('The text of the post, in Markdown, as its author wrote it');
const price = z.string().regex(decimalPattern, 'must be a decimal number with at most two digits behind the point12');
const createBody = z.strictObject({ data: z.strictObject({ title: z.string().min(1).max(200), body: z.string().min(1) }) });
const patchPostBody = z.strictObject({ data: postFields.partial().refine(hasSomeField, 'must have at least one field') });
const listQuery = paginationQuery.extend({ status: postStatus.optional(), minPrice: z.coerce.number().optional(), search: z.string() });
const operations = { list: listPosts, get: getPost, create: createPost, replace: replacePost, update: updatePost, remove: deletePost };
const handlers = [requireUser(tokens), requireRole('admin', 'editor'), rateLimit({ limit: 100, windowMs: 60_000 }), handler];
const isOwner = (post: PostRow, user: AuthenticatedUser): boolean => hasRole(user, ['admin']) || post.author_id === user.id;
const toPostOfTheBlog = (row: PostRow): Post => ({ id: row.id, title: row.title, body: row.body, authorId: row.author_id });
const byTitle = (first: PostRowOfTheBlog, second: PostRowOfTheBlog) => compareTitles(first.title, second.title, locale1);
const makeSample = (overrides: Partial<CreatePostInput> = {}): CreatePostInput => ({ title: 'Title', body: 'Body', ...overrides });
posts.sort((first, second) => compareTitlesOfPostsOfTheBlog(first.titleOfThePost, second.titleOfThePost, localeOfUser));
router.post('/posts', (request, response) => response.status(201).json(envelope(posts.create(request.body.data), request)));
logger.info({ requestId: request.id, userId: user.id, postId: post.id, status: response.statusCode }, 'post was created');
logger.error({ error }, 'The server could not be stopped in time, so the connections that were left were just closed');
describe.each(['title', 'body', 'authorId', 'publishedAt', 'createdAt', 'updatedAt', 'status', 'something else'])('x', run);
process.on('unhandledRejection', (reason) => logger.fatal({ reason }, 'a promise was rejected and nobody cared at all'));
return response.status(200).json({ data: await postsService.list(listPostsQuery.parse(request.query)), meta: meta(request) });
return sendPage(response, await postsService.listPostsOfTheAuthor(request.params.userId, listPostsQuery.parse(request.query)));
type A = 'draft' | 'published' | 'archived' | 'deleted' | 'waiting' | 'x' | 'somewhat longer' | 'aaaaaaaaaaaaaaaaaaa';
type ListPostsQueryOfTheBlog = z.infer<typeof listPostsQueryOfTheBlog> | SomethingElseThatIsLong | undefined1;
type ListPostsOfTheWholeBlogQuery = z.output<typeof listPostsOfTheWholeBlogOfTheAuthorQueryAndMuchMore>;
const idempotencyKey = request.headers['idempotency-key'] ?? randomUUID();
const { createdPost } = await createPostWithAuthor(database, { title: 'Title', body: 'Body', authorId: author.id });
const [first, second] = await Promise.all([createPostForTheAuthor(database, author), createPostForTheAuthor(database, stranger)]);
const authorOfThePost: AuthenticatedUser = await createUserWithARole(database, 'editor', 'someone@example.com', true);
const createdPostOfTheAuthor = createPostForTheAuthorOfTheBlogWithTheLongestNameOfThemAllInThisWholeWorld({});
const createdPostOfTheAuthor = createPostForTheAuthorOfTheBlogWithTheLongestNameOfThemAllInThisWholeWorld([]);
const createdPostOfTheAuthor = new PostsServiceOfTheBlogWithTheLongestNameOfThemAllInThisWholeWorld(database);
const postsTableNameOfTheBlog = 'posts_of_the_blog_with_the_longest_name_of_them_all_in_this_whole_world12';
const postsOfTheBlog = "it's a text with a quote in it, that is why it has double quotes and they stay, really so";
await Promise.all(postsOfTheBlog.map((post) => createPostForTheAuthor(database, { ...post, authorId: author.id })));
await Promise.all(postsOfTheBlog.map(async (post) => await createPostForTheAuthor(database, post, author, andMore1)));
expect(createdPostOfTheAuthor).toStrictEqual({ ...samplePost, id: expect.any(String), createdAt: expect.any(String) });
expect(() => parsePostOfTheBlogWithALongName({ title: 'Title', body: 'Body', authorId: 'not an id' })).toThrow(ZodError);
expect(await listPostsOfTheBlog(database, { limit: 20, sortBy: 'createdAt', sortOrder: 'desc' })).toHaveLength(20);
await expect(createPostForTheAuthor(database, { title: 'Title' }, author)).rejects.toMatchObject({ code: 'CONFLICT' });
await expect(createPostForTheAuthor(database, { title: 'Title' }, author)).rejects.toBeInstanceOf(UniqueConflictError12);
const response = await api.post('/api/posts').auth(tokenOfTheAuthor).send({ data: samplePost });
const response = await api.post('/api/posts-of-the-blog-with-the-longest-name', { data: samplePost }, tokenOfTheAuthor12);
const response = await fetch(\`\${server.url}/api/posts\`, { method: 'POST', headers: jsonHeaders(token), body: JSON.stringify({ data: samplePost }) });
const response = await fetch(\`\${server.url}/api/posts-of-the-blog-with-the-longest-name/\${post.id}/comments/\${comment.id}\`);
return respond(response, 201, await posts.create(createPostBody.parse(request.body).data, requireUser(request)), context);
response.status(201).location(\`/api/posts/\${post.id}\`).json(envelope(post, request));
response.status(201).location(\`/api/posts/\${post.id}\`).json({ data: toPost(post), meta: metaOf(request, response) });
response.status(204).end(somethingElseThatIsReallyLong, andAnotherThingThatIsReallyLong, andMoreOfTheseThings12345);
posts.get('/:id', requireUser(tokens), async (request, response) => response.json(await service.get(request.params.id)));
posts.use(rateLimit({ windowMs: 60_000, limit: 100, name: 'posts:create', store: rateLimitStore, key: keyOfRequest }));
query = query.where('title', 'ilike', \`%\${escapeLikePattern(filters.search)}%\`).where('status', '=', filters.status);
query = query.where((eb) => eb.or([eb('title', 'ilike', pattern), eb('body', 'ilike', pattern), eb('slug', 'ilike', pattern)]));
const column = SORT_COLUMNS_OF_THE_POSTS_TABLE[query.sortByOfTheRequestThatWasMadeByTheUser].columnNameInTheDatabase12345;
const rows = await database.selectFrom('posts').innerJoin('users', 'users.id', 'posts.author_id').selectAll('posts').execute();
const row = await database.updateTable('posts').set({ ...patch, updated_at: now }).where('id', '=', id).returningAll().executeTakeFirst();
const row = await transaction.deleteFrom('posts').where('id', '=', id).where('author_id', '=', userId).executeTakeFirst();
const found = await database.selectFrom('posts').select(['id', 'title', 'body', 'author_id', 'created_at']).execute();
const found = await database.selectFrom('posts').select(['id', 'title', 'body', 'author_id', 'created_at', 'updated_at', 'published_at', 'status']).execute();
const schema = z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(20), cursor: z.string().optional() });
const schema = listQuery.extend({ status: postStatus.optional() }).refine((query) => query.minPrice <= query.maxPrice, 'min is more than max');
const schema = z.array(z.strictObject({ id: z.uuid(), title: z.string().max(200), status: z.enum(['draft', 'published']) }));
expect((await api.post(\`/api/posts/\${post.id}/comments\`, { title: 'Title', body: 'Body' }, stranger)).status).toBe(403);
expect((await api.get('/api/posts-of-the-blog-with-the-longest-name-of-them-all-in-the-world')).status).toBe(200);
const { title, body } = (await api.post('/api/posts-of-the-blog', { title: 'Title', body: 'Body' }, user)).body.data;
const { title } = (await api.get('/api/posts-of-the-blog-with-the-longest-name-of-them-all-in-the-worl')).body.data;
`
  .trim()
  .split('\n');

/** Inside a type. */
export const MEMBERS = `
list(query: ListPostsQuery, user: AuthenticatedUser | undefined): Promise<Page<PostRow>>;
update(id: string, patch: PatchPost, user: AuthenticatedUser): Promise<PostRowOfTheBlogWithAuthor | undefined>;
update: (id: string, patch: PatchPost, user: AuthenticatedUser) => Promise<PostRowOfTheBlogWithAuthor | undefined>;
remove: (id: string) => Promise<PostRowOfTheBlogWithTheAuthor | undefined>;
status: 'draft' | 'published' | 'archived' | 'deleted' | 'waiting' | 'x' | 'somewhat longer' | 'aaaaaaaaaaaa';
deps?: Database | undefined | SomethingElseThatIsLong | AnotherThingThatIsLong | YetAnotherThingOfTheBlog | null;
`
  .trim()
  .split('\n');
