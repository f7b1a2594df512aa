import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Express } from 'express';

/** How much longer the server waits for the headers than for the next request, in milliseconds. */
const headStart = 5000;

type Options = {
  /** How long an idle connection stays open, in milliseconds. Default: Node's 5 seconds. */
  keepAliveTimeout?: number;
  /** Aborted when the process begins to shut down. */
  stopping?: AbortSignal;
};

/**
 * Creates a server whose requests and responses already have Express's prototypes. Express
 * otherwise changes the prototype of each object, which on Node 20 and 22 costs more than the rest
 * of a small request.
 */
export function createAppServer(app: Express, options: Options = {}): Server {
  const { keepAliveTimeout, stopping } = options;
  class AppRequest extends IncomingMessage {}
  class AppResponse extends ServerResponse<AppRequest> {
    override writeHead(status: number, ...reasonAndHeaders: never[]): this {
      // During shutdown, clients should open their next connection to another process.
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

/** Load balancers also open connections in advance, so the first request may take as long. */
function keepConnections(server: Server, timeout: number): void {
  server.keepAliveTimeout = timeout;
  server.headersTimeout = timeout + headStart;
  server.requestTimeout = Math.max(server.requestTimeout, server.headersTimeout);
}

/** Copies the properties of Express's prototype and of the app's prototype to another one. */
function take<T extends object>(prototype: object, layer: T): T {
  const express = Object.getPrototypeOf(layer);
  Object.defineProperties(prototype, {
    ...Object.getOwnPropertyDescriptors(express),
    ...Object.getOwnPropertyDescriptors(layer),
  });
  return prototype as T;
}
