import { writeFileSync } from 'node:fs';
import { printedSchema } from './graphql/schema.ts';

writeFileSync('schema.graphql', printedSchema());
