/** The templates of an endpoint as they were written, for those who want to have their own. */
export { sources as originals } from 'sources:express/resource';
