// Lines whose layout depends on what stands in their parentheses.

/** The first line of a loop over values. */
export const LOOPS = `
for (const role of ['moderator', 'admin', 'editor', 'publisher', 'reader', 'somebody else', 'nobody at all'] as const) {
for (const role of ['moderator', 'admin', 'editor', 'publisher', 'reader', 'somebody else', 'nobody at all', 'x']) {
for (const [operation, status] of [['list', 200], ['get', 404], ['create', 201], ['replace', 403], ['update', 403]] as const) {
for (const [path, methods] of [[url, collection] as const, [\`\${url}/1\`, memberOfTheCollectionOfThings] as const]) {
for (const { role, status } of [{ role: 'moderator', status: 200 }, { role: 'admin', status: 200 }, { role: 'user', status: 1 }]) {
for (const count of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27]) {
for (const [name, header] of await badTokensOfTheWholeWorld(somethingElseThatIsLong, anotherThingThatIsLong, andMore)) {
for (const [nameOfTheField, valueOfTheField] of Object.entries(await readAllTheFieldsOfTheWholeTable(database, table))) {
for await (const chunk of readAllTheChunksOfTheWholeFile(somethingElseThatIsLong, anotherThingThatIsLong, andMore)) {
for (const { nameOfTheField, valueOfTheField, typeOfTheField, columnOfTheField, somethingElse } of fieldsOfTheTable) {
for (const name of new Set(['createdAt', 'updatedAt', 'title', 'body', 'authorId', 'publishedAt', 'status', 'etc'])) {
for (const name of [...firstListOfNamesThatIsLong, ...secondListOfNamesThatIsLong, ...thirdListOfNamesThatIsLo]) {
`
  .trim()
  .split('\n');

/** Arrow functions, inside a function. */
export const ARROWS = `
refusesTaken(endpoint, 'planLanguageCode', async () => (await insertSubscriptionTranslation(api.db)).plan_language_code);
refusesTaken(endpoint, 'planLanguageCode', async () => (await insertSubscriptionTranslationOfTheWholeWorldAndMore(api.db)).plan_language_code);
refusesTaken(endpoint, 'planLanguageCodeOfSomething', async () => (await insertSubscriptionTranslation(api.db, { editor_id: (await insertCategory(api.db)).id })).editor_id);
const choose = (post: PostRowOfTheBlog) => (post.isPublished ? publishThePostOfTheBlog(post) : hideThePostOfTheBlog(post));
const choose = (post: PostRowOfTheBlog) => (post.isPublished ? publishThePostOfTheBlog(post) : post.isHidden ? hideThePostOfTheBlog(post) : dropIt(post));
const choose = (post: PostRowOfTheBlog) => (post.isPublishedAndAlsoVisible && post.isSomethingElse && postsOfTheBlog.includes(post));
f(listOfPosts.map((post) => (post.isPublished ? publishThePostOfTheBlog(post) : hideThePostOfTheBlog(post)), other));
f(listOfPosts.map((post) => (post.isPublished ? publishThePostOfTheBlog(post) : hideThePostOfTheBlogIfPossible(post))));
const items = listOfPosts.map((post) => (post.isPublished ? publishThePostOfTheBlog(post) : hideThePostOfTheBlogIfPossible(post)));
const idOf = async (post: PostRowOfTheBlog) => (await createPostForTheAuthorOfTheBlog(database, post, author)).idOfPost;
const idOf = async (post: PostRowOfTheBlog) => (await createPostForTheAuthorOfTheBlog(database, post, author, andMore, andAgain)).idOfPost;
const bodyOf = () => (isPublished ? { title: 'Title', body: 'Body', authorId: user.id, publishedAt: null } : undefined);
const own = async () => (await insertSubscriptionTranslation(api.db, { plan_language_code_owner_id: api.callerId() })).id;
const own = async () => (await insertSubscriptionTranslation(api.db, { plan_language_code_owner_id: api.callerId() })).id.something;
`
  .trim()
  .split('\n');

/** Calls whose last argument is a function with a body, as links of a chain or by themselves. */
export const CALLS = `
.get(auth.requireRole('moderator', 'administrator', 'editor-of-post', 'publisher'), async (req, res) => {
.get(auth.requireRole('moderator', 'administrator', 'editor', 'publisher', 'reader', 'nobody at all', 'x'), async (req, res) => {
.post(limitOfTheBlog, auth.requireRole('moderator', 'administrator', 'editor', 'publisher'), async (req, res) => {
.delete(auth.requireRole('moderatorOfPost'), limitOfTheBlog, limitOfThisBlog, limitOfThePost, async (req, res, next) => {
`
  .trim()
  .split('\n');
