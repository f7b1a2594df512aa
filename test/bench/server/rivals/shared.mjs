import { createSecretKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { jwtVerify } from 'jose';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import * as z from 'zod';

export const port = Number(process.env.PORT);
export const fixedRows = JSON.parse(readFileSync(process.env.FIXED_ROWS, 'utf8'));

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
const db = new Kysely({ dialect: new PostgresDialect({ pool }) });
const columns = [
  'id',
  'title',
  'body',
  'price',
  'owner_id as ownerId',
  'created_at as createdAt',
  'updated_at as updatedAt',
];

export async function listPosts(limit) {
  const rows = await db
    .selectFrom('posts')
    .select(columns)
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  const nextCursor = last ? Buffer.from(last.id).toString('base64url') : null;
  return { rows: rows.slice(0, limit), nextCursor };
}

export const listQuery = z.strictObject({
  search: z.string().min(1).max(100).optional(),
  sortBy: z.enum(['createdAt', 'price']).default('createdAt'),
  sortOrder: z.enum(['asc', 'desc']).default('desc'),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(10_000).optional(),
});

const key = createSecretKey(process.env.AUTH_SECRET, 'utf8');
const accepted = {
  algorithms: ['HS256'],
  typ: 'at+jwt',
  issuer: 'service',
  audience: 'service',
  requiredClaims: ['exp', 'iat'],
};

export async function verify(token) {
  const { payload } = await jwtVerify(token, key, accepted);
  const caller = { id: payload.sub, role: payload.role, sessionId: payload.sid };
  return { caller, expiresAt: payload.exp * 1000 };
}

export const page = (data, limit, requestId, nextCursor = null) => ({
  data,
  meta: { nextCursor, limit, timestamp: new Date().toISOString(), requestId },
});
