/* Copyright 2026 */

import type { BlogPostsTable } from '../modules/blog-posts/blog-posts.table.ts';
// people
import type { CustomersTable } from '../modules/customers/customers.table.ts';

export interface Tables {
  customers: CustomersTable;
  blog_posts: BlogPostsTable;
}
