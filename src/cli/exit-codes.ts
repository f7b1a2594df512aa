/** The exit codes of all commands. */
export const exitCodes = { done: 0, refused: 1, conflicts: 2, bug: 70, cancelled: 130 };
