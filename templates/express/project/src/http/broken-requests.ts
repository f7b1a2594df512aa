import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import {
  badRequest,
  type HttpError,
  headersTooLarge,
  payloadTooLarge,
  requestTimeout,
} from './errors.ts';

/** Responses to errors of Node's HTTP parser, by error code. */
const refusals: Record<string, () => HttpError> = {
  HPE_HEADER_OVERFLOW: headersTooLarge,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: payloadTooLarge,
  ERR_HTTP_REQUEST_TIMEOUT: requestTimeout,
};

/** Answers requests that Node cannot parse, in the same format as all other errors. */
export function refuseBrokenRequests(logger: Logger) {
  return (error: NodeJS.ErrnoException, socket: Duplex): void => {
    const ip = socket instanceof Socket ? socket.remoteAddress : undefined;
    const isSilent = socket instanceof Socket && socket.bytesRead === 0;
    // A second response must not be written into one that is partly sent.
    const isAnswered = Reflect.get(socket, '_httpMessage')?.headersSent === true;
    if (!socket.writable || isSilent || isAnswered) {
      socket.destroy();
      return;
    }
    const refusal = (refusals[error.code ?? ''] ?? (() => badRequest('The request is not valid HTTP')))();
    const requestId = randomUUID();
    socket.end(written(refusal, requestId), () => socket.destroy());
    logger.info({ requestId, ip, status: refusal.status, reason: error.code }, 'request refused');
  };
}

function written({ status, code, message }: HttpError, requestId: string): string {
  const body = JSON.stringify({
    error: { code, message },
    meta: { timestamp: new Date().toISOString(), requestId, path: '' },
  });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Cache-Control: no-store',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
