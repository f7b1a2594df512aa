import { readConfig } from '../service/dist/config.js';
import { openDatabase } from '../service/dist/db/database.js';
import { createServices } from '../service/dist/services.js';

export { schema } from '../service/dist/graphql/schema.js';

const db = await openDatabase(readConfig(process.env).database, () => {});
const services = createServices({ db });

/** What the resolvers of the generated project get. */
export const contextOf = async () => ({
  services,
  requestId: 'none',
  log: console,
  countUse: async () => {},
});

export const { HOST: host, PORT: port } = process.env;
