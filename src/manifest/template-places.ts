const HOME = '.backend/templates';

/** Where a project keeps templates of its own. */
export const OWN_TEMPLATES = `${HOME}/endpoint`;

/** What was ejected, from which originals. */
export const EJECTED = `${HOME}/ejected.json`;
