// Apollo Server in Express, as its documentation sets it up.
import { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import cors from 'cors';
import express from 'express';
import { contextOf, host, port, schema } from './service.mjs';

const server = new ApolloServer({ schema });
await server.start();
const app = express();
app.get('/health', (_req, res) => res.json({ status: 'ok' }));
app.use('/api/graphql', cors(), express.json(), expressMiddleware(server, { context: contextOf }));
app.listen(Number(port), host);
