import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestHandler } from 'express';

type CurrentRequest = { requestId?: string; traceparent?: string | undefined };

const storage = new AsyncLocalStorage<CurrentRequest>();

/** The form of `traceparent` (W3C Trace Context, 3.2). */
const traceparentForm = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

/** Remembers the id and the trace of a request for the calls that it leads to. */
export const rememberRequest: RequestHandler = (req, res, next) => {
  const given = req.get('traceparent');
  const traceparent = given && traceparentForm.test(given) ? given : undefined;
  storage.run({ requestId: res.locals.requestId, traceparent }, next);
};

/** What calls to other services pass on; empty outside of a request. */
export const currentRequest = (): CurrentRequest => storage.getStore() ?? {};
