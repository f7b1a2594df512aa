/** The usual middleware chain, each part as its documentation shows it. */
import { randomUUID } from 'node:crypto';
import cors from 'cors';
import express from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { pinoHttp } from 'pino-http';
import { fixedRows, listPosts, listQuery, page, port, verify } from './shared.mjs';

const app = express();
app.use(pinoHttp({ genReqId: () => randomUUID() }));
app.use(helmet());
app.use(cors());
app.use(rateLimit({ windowMs: 60_000, limit: 1e9, standardHeaders: true, legacyHeaders: false }));
app.use(express.json());

async function requireUser(req, res, next) {
  const [scheme, token] = (req.get('authorization') ?? '').split(' ');
  if (scheme !== 'Bearer' || !token) return res.status(401).json({ error: 'Expected a token' });
  try {
    req.user = (await verify(token)).caller;
  } catch {
    return res.status(401).json({ error: 'The token is not valid' });
  }
  next();
}

function validateQuery(req, res, next) {
  const parsed = listQuery.safeParse(req.query);
  if (!parsed.success) return res.status(422).json({ error: parsed.error.issues });
  res.locals.query = parsed.data;
  next();
}

app.get('/api/posts', requireUser, validateQuery, async (req, res) => {
  const { limit } = res.locals.query;
  const { rows, nextCursor } = await listPosts(limit);
  res.json(page(rows, limit, req.id, nextCursor));
});
app.get('/api/fixed', requireUser, validateQuery, (req, res) => {
  res.json(page(fixedRows, res.locals.query.limit, req.id));
});

app.listen(port, '127.0.0.1');
