/**
 * `npm run bench` times the tool's own commands, `npm run bench -- --peers` them and its peers, whose
 * table it writes to test/bench/results.md; `npm run bench -- --server` the generated servers beside
 * others (`-- --server fastapi` only that stack), `npm run bench -- --graphql` its GraphQL beside
 * Apollo Server and Yoga, and `npm run bench -- --load` puts it under more load than it can take while
 * its database goes away and comes back.
 */
const benches = {
  '--tool': () => import('./tool.ts'),
  '--peers': () => import('./peers/peers.ts'),
  '--server': () => import('./server/compare.ts'),
  '--graphql': () => import('./server/graphql.ts'),
  '--load': () => import('./server/load.ts'),
};

const asked = process.argv[2] ?? '--tool';
const [, run] = Object.entries(benches).find(([name]) => name === asked) ?? [];
if (!run) throw new Error(`Unknown bench ${asked}: expected ${Object.keys(benches).join(', ')}`);
await run();
