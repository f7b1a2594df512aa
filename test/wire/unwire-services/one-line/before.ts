import { createBlogPostsService } from './modules/blog-posts/blog-posts.service.ts';

export const createServices = ({ db }) => ({ blogPosts: createBlogPostsService(db) });
