import type { Request, Response } from 'express';
import type { Logger } from 'pino';

/** The client of a request, and a logger that adds the request id. */
export type Origin = { userAgent: string | undefined; log: Logger };

export function originOf(req: Request, res: Response, logger: Logger): Origin {
  const { requestId } = res.locals;
  return { userAgent: req.get('user-agent'), log: logger.child({ requestId }) };
}
