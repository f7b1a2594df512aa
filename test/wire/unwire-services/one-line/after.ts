export const createServices = ({ db }) => ({});
