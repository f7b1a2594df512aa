import type { BlogPostsTable } from '../modules/blog-posts/blog-posts.table.ts';
import type { CustomersTable } from '../modules/customers/customers.table.ts';

export type Tables = Own & {
  blog_posts: BlogPostsTable;
  customers: CustomersTable;
};
