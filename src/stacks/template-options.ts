/** `strict` refuses a name that the view does not have; only the blocks of design rule 9 exist. */
export const templateOptions = {
  noEscape: true,
  strict: true,
  knownHelpers: { if: true, unless: true, each: true },
  knownHelpersOnly: true,
};

/** What ends the name of a template; other files are copied as they are. */
export const TEMPLATE = '.hbs';

/**
 * What ends the name of a file that adds to a template of another part: the slots of that template
 * that it fills, each an inline partial.
 */
export const ADDITION = '.slots.hbs';
