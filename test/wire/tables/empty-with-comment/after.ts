/*! Licence */

import type { BlogPostsTable } from '../modules/blog-posts/blog-posts.table.ts';

export interface Tables {
    // one line each
    blog_posts: BlogPostsTable;
}
