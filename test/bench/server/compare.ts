import { compareExpress } from './express.ts';
import { compareFastapi } from './fastapi.ts';

/** Each stack beside others of its language, or only the one that is named. */
const [only] = process.argv.slice(3);
if (only !== 'fastapi') await compareExpress();
if (only !== 'express') await compareFastapi();
