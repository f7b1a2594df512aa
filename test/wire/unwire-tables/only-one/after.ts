/** Every table of the database, one line each. */
export interface Tables {}
