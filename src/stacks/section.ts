/** A part of a file that tells of all endpoints, between two lines that say so. */
export type Section = { first: string; text: string; last: string };
