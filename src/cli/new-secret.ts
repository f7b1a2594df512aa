import { randomBytes } from 'node:crypto';

/** A random text that nobody can guess, another one at each call. */
export const newSecret = () => randomBytes(32).toString('base64url');
