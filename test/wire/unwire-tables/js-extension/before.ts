import type { BlogPostsTable } from '../modules/blog-posts/blog-posts.table.js';
import type { CustomersTable } from '../modules/customers/customers.table.js';

/** Every table of the database, one line each. */
export interface Tables {
  blog_posts: BlogPostsTable;
  customers: CustomersTable;
}
