import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Express } from 'express';

/**
 * A server for the app whose requests and responses are born with Express's methods. Express puts
 * them on each object by changing its prototype, which on Node 20 and 22 costs more than all the
 * rest of a small request; with the prototype in place already, the change changes nothing.
 */
export function createAppServer(app: Express): Server {
  class AppRequest extends IncomingMessage {}
  class AppResponse extends ServerResponse<AppRequest> {}
  app.request = take(AppRequest.prototype, app.request);
  app.response = take(AppResponse.prototype, app.response);
  return createServer({ IncomingMessage: AppRequest, ServerResponse: AppResponse }, app);
}

/** Gives a prototype what Express's own has, from the app's layer down to Express's. */
function take<T extends object>(prototype: object, layer: T): T {
  const express = Object.getPrototypeOf(layer);
  Object.defineProperties(prototype, {
    ...Object.getOwnPropertyDescriptors(express),
    ...Object.getOwnPropertyDescriptors(layer),
  });
  return prototype as T;
}
