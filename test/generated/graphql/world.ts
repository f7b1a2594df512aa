import { createClient, newCredentials } from '../accounts/client.ts';
import { runUser } from '../accounts/project.ts';
import type { Env } from '../run.ts';
import { type Server, startServer } from '../servers.ts';
import { type Ask, askFrom } from './ask.ts';
import { express, type Runs } from './project.ts';

export type Caller = { name: string; token: string | undefined; id: string | undefined };

/** A server with rows of two users, and everybody who may ask for them. */
export type World = {
  server: Server;
  url: string;
  ask: Ask;
  rest: ReturnType<typeof createClient>;
  callers: Caller[];
  tokenOf(name: string): string;
};

/** Starts the built project and fills it, over REST. */
export async function openWorld(project: string, env: Env, runs: Runs = express): Promise<World> {
  const admin = newCredentials();
  const user = `create --role admin --email ${admin.email}`;
  await runUser(project, user, admin.password, env, runs.user);
  const settings = { AUTH_RATE_LIMIT: '1000000/minute', ...env };
  const server = await startServer(project, settings, runs.server);
  const { url } = server;
  const rest = createClient(url);

  const { accessToken: token } = await rest.logIn(admin);
  const moderator = newCredentials();
  await rest.create('/users', token, { ...moderator, role: 'moderator' });
  const members = {
    one: await rest.register(),
    other: await rest.register(),
    moderator: await rest.logIn(moderator),
    admin: await rest.logIn(admin),
  };
  const callers: Caller[] = [
    { name: 'a stranger', token: undefined, id: undefined },
    ...Object.entries(members).map(
      ([
        name,
        {
          accessToken,
          user: { id },
        },
      ]) => {
        return { name, token: accessToken, id };
      },
    ),
  ];
  const tokenOf = (name: string): string => {
    const found = callers.find((caller) => caller.name === name)?.token;
    if (found === undefined) throw new Error(`nobody is called ${name}`);
    return found;
  };
  await fill(rest, tokenOf, members);
  return { server, url, ask: askFrom(url), rest, callers, tokenOf };
}

type Members = Record<'one' | 'other', { user: { id: string } }>;

async function fill(
  rest: World['rest'],
  tokenOf: World['tokenOf'],
  { one, other }: Members,
): Promise<void> {
  const pin = 'only stored';
  await rest.send('PATCH', '/me', { token: tokenOf('one'), data: { displayName: 'One', pin } });
  const mentor = { displayName: 'Other', mentorId: other.user.id, pin };
  await rest.send('PATCH', '/me', { token: tokenOf('other'), data: mentor });
  const ids = { posts: [] as string[], notes: [] as string[] };
  for (const name of ['one', 'other']) {
    const token = tokenOf(name);
    const { id } = (name === 'one' ? one : other).user;
    for (const nth of [1, 2]) {
      const post = {
        title: `${nth} of ${name}`,
        body: 'Long',
        status: 'published',
        reviewerId: id,
      };
      const postId = await rest.create('/posts', token, post);
      await rest.create('/comments', token, { text: `On ${nth} of ${name}`, postId });
      const note = { text: `Private ${nth} of ${name}`, postId };
      ids.notes.push(await rest.create('/notes', token, note));
      await rest.create('/tags', token, { name: `${name} ${nth}`, postId });
      ids.posts.push(postId);
    }
  }
  const about = [one.user.id, other.user.id];
  for (const [nth, noteId] of ids.notes.entries()) {
    const memo = { text: `On ${nth}`, noteId, aboutId: about[nth % 2] };
    await rest.create('/memos', tokenOf('moderator'), memo);
  }
}
