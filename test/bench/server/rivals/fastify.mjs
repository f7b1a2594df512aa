/** Fastify with its usual plugins, and the token cache of the generated project. */
import { randomUUID } from 'node:crypto';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify from 'fastify';
import { fixedRows, listPosts, page, port, verify } from './shared.mjs';

const { createTokenCache } = await import(process.env.TOKEN_CACHE);
const verified = createTokenCache(10_000);

const app = Fastify({ logger: true, genReqId: () => randomUUID() });
await app.register(helmet);
await app.register(cors);
await app.register(rateLimit, { max: 1e9, timeWindow: 60_000 });
app.decorateRequest('user', null);

async function requireUser(request, reply) {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  if (scheme !== 'Bearer' || !token) return reply.code(401).send({ error: 'Expected a token' });
  try {
    const known = verified.get(token) ?? (await remember(token));
    request.user = known.caller;
  } catch {
    return reply.code(401).send({ error: 'The token is not valid' });
  }
}

async function remember(token) {
  const read = await verify(token);
  verified.set(token, read, verified.now());
  return read;
}

const text = { type: 'string' };
const querystring = {
  type: 'object',
  additionalProperties: false,
  properties: {
    search: { type: 'string', minLength: 1, maxLength: 100 },
    sortBy: { type: 'string', enum: ['createdAt', 'price'], default: 'createdAt' },
    sortOrder: { type: 'string', enum: ['asc', 'desc'], default: 'desc' },
    limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
    cursor: { type: 'string', maxLength: 10_000 },
  },
};
const time = { type: 'string', format: 'date-time' };
const row = {
  type: 'object',
  properties: {
    id: text,
    title: text,
    body: text,
    price: text,
    ownerId: text,
    createdAt: time,
    updatedAt: time,
  },
};
const answer = {
  type: 'object',
  properties: {
    data: { type: 'array', items: row },
    meta: {
      type: 'object',
      properties: {
        nextCursor: { type: 'string', nullable: true },
        limit: { type: 'integer' },
        timestamp: text,
        requestId: text,
      },
    },
  },
};
const options = { onRequest: requireUser, schema: { querystring, response: { 200: answer } } };

app.get('/api/posts', options, async (request) => {
  const { limit } = request.query;
  const { rows, nextCursor } = await listPosts(limit);
  return page(rows, limit, request.id, nextCursor);
});
app.get('/api/fixed', options, async (request) => page(fixedRows, request.query.limit, request.id));

await app.listen({ port, host: '127.0.0.1' });
