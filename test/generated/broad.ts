/** Whether all of a matrix is tried, as by `npm run broad`, or one member of each kind. */
export const isBroad = process.env.BROAD === 'all';
