/** One thing that is wrong with the input. `value` is left out where it must not be repeated. */
export type ErrorDetail = { field: string; message: string; value?: unknown };

/** An answer other than success that a caller may see; everything else becomes a 500. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly code: string;
  readonly details: ErrorDetail[] | undefined;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    code: string,
    message: string,
    extra: { details?: ErrorDetail[]; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(message, { cause: extra.cause });
    this.status = status;
    this.code = code;
    this.details = extra.details;
    this.headers = extra.headers ?? {};
  }
}

export const badRequest = (message: string) => new HttpError(400, 'BAD_REQUEST', message);
export const notFound = (what: string) => new HttpError(404, 'NOT_FOUND', `No such ${what}`);
export const payloadTooLarge = () =>
  new HttpError(413, 'PAYLOAD_TOO_LARGE', 'The request body is too large');
export const unsupportedMediaType = () =>
  new HttpError(415, 'UNSUPPORTED_MEDIA_TYPE', 'Expected Content-Type: application/json in UTF-8');
export const tooManyRequests = () =>
  new HttpError(429, 'RATE_LIMITED', 'Too many requests: wait before the next one');
export const validationError = (details: ErrorDetail[]) =>
  new HttpError(422, 'VALIDATION_ERROR', 'The request is not valid', { details });
export const conflict = (message: string, details: ErrorDetail[], cause: unknown) =>
  new HttpError(409, 'CONFLICT', message, { details, cause });
