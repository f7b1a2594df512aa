// GraphQL Yoga on the server of Node, as its documentation sets it up.
import { createServer } from 'node:http';
import { createYoga } from 'graphql-yoga';
import { contextOf, host, port, schema } from './service.mjs';

const graphqlEndpoint = '/api/graphql';
const yoga = createYoga({ schema, graphqlEndpoint, context: contextOf });
createServer(yoga).listen(Number(port), host);
