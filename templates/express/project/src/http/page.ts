import { type RequestHandler, Router } from 'express';
import { methodNotAllowed } from './error-handler.ts';

type Files = {
  contentSecurityPolicy: string;
  /** What answers with a file, by its name. */
  files: Record<string, RequestHandler>;
};

/** The files that a page at a path such as `/docs` loads from below it, and the policy for all. */
export function pageFiles(path: string, { contentSecurityPolicy, files }: Files): Router {
  const router = Router({ strict: true });
  router.use(path, (_req, res, next) => {
    res.setHeader('Content-Security-Policy', contentSecurityPolicy);
    next();
  });
  const answers: Record<string, RequestHandler> = {
    '': (_req, res) => res.redirect(`..${path}`),
    ...files,
  };
  for (const [name, answer] of Object.entries(answers)) {
    router.route(`${path}/${name}`).get(answer).all(methodNotAllowed('GET'));
  }
  return router;
}
