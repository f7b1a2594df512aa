import type { BlogPostsTable } from '../modules/blog-posts/blog-posts.table.ts'; // the blog
import type { CustomersTable } from '../modules/customers/customers.table.ts';

/** Every table of the database, one line each. */
export interface Tables {
  /** What people read. */
  blog_posts: BlogPostsTable; // the blog
  customers: CustomersTable;
}
