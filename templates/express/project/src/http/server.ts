import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Express } from 'express';

/** How much longer than the next request a first one is waited for, in milliseconds. */
const headStart = 5000;

type Options = {
  /** How long a connection is kept for the next request, in milliseconds; Node's 5 s if left out. */
  keepAliveTimeout?: number;
  /** Aborted when the process is about to stop. */
  stopping?: AbortSignal;
};

/**
 * A server for the app whose requests and responses are created with Express's methods. Express puts
 * them on each object by changing its prototype, which on Node 20 and 22 costs more than all the
 * rest of a small request; with the prototype in place already, the change changes nothing.
 */
export function createAppServer(app: Express, options: Options = {}): Server {
  const { keepAliveTimeout, stopping } = options;
  class AppRequest extends IncomingMessage {}
  class AppResponse extends ServerResponse<AppRequest> {
    override writeHead(status: number, ...reasonAndHeaders: never[]): this {
      // The client opens its next connection to a process that stays.
      if (stopping?.aborted) this.shouldKeepAlive = false;
      return super.writeHead(status, ...reasonAndHeaders);
    }
  }
  app.request = take(AppRequest.prototype, app.request);
  app.response = take(AppResponse.prototype, app.response);
  const server = createServer({ IncomingMessage: AppRequest, ServerResponse: AppResponse }, app);
  if (keepAliveTimeout !== undefined) keepConnections(server, keepAliveTimeout);
  return server;
}

/** Balancers open connections ahead as well: those may wait for their first request as long. */
function keepConnections(server: Server, timeout: number): void {
  server.keepAliveTimeout = timeout;
  server.headersTimeout = timeout + headStart;
  server.requestTimeout = Math.max(server.requestTimeout, server.headersTimeout);
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
