import type { Request, Response } from 'express';
import type { Logger } from 'pino';

/** Where a request comes from; `log` says which request it is. */
export type Origin = { userAgent: string | undefined; log: Logger };

export function originOf(req: Request, res: Response, logger: Logger): Origin {
  const { requestId } = res.locals;
  return { userAgent: req.get('user-agent'), log: logger.child({ requestId }) };
}
