const HOME = '.backend/templates';

/** The folder of the ejected templates. */
export const OWN_TEMPLATES = `${HOME}/endpoint`;

/** The file with the hashes of the originals that were ejected. */
export const EJECTED = `${HOME}/ejected.json`;
