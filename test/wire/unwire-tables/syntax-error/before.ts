import type { BlogPostsTable } from '../modules/blog-posts/blog-posts.table.ts';
import type { CustomersTable } from '../modules/customers/customers.table.ts';

/** Every table of the database, one line each. */
export interfac Tables {
  blog_posts: BlogPostsTable;
  customers: CustomersTable;
}
