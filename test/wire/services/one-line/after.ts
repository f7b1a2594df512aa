import { createHealthService } from './db/health.service.ts';
import { createBlogPostsService } from './modules/blog-posts/blog-posts.service.ts';

export const createServices = ({ db }) => ({ health: createHealthService(db), blogPosts: createBlogPostsService(db) });
