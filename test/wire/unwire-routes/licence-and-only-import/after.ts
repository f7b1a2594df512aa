/*! Licence */

export function createRoutes(router, deps) {
}
