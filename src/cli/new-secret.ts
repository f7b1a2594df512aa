import { randomBytes } from 'node:crypto';

/** A new random secret. */
export const newSecret = () => randomBytes(32).toString('base64url');
