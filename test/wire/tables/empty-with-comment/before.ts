/*! Licence */

export interface Tables {
    // one line each
}
