import { randomUUID } from 'node:crypto';

/** The shape of a token, for names on the disk that contain one; those of 0.2.0 have no reach. */
export const TOKEN = '\\d+(?:-[0-9a-f]{8})?-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** The reach of a process whose folder is not locked by the system. */
export const NO_REACH = '00000000';

/** A unique name for a lock: the process id, who sees its lock, and a UUID. */
export const newToken = (reach: string) => `${process.pid}-${reach}-${randomUUID()}`;

/** Whether locks of this reach include that of the token's owner. */
export const isSeen = (token: string, reach: string) => token.split('-')[1] === reach;

export const pidOf = (token: string) => Number.parseInt(token, 10);
