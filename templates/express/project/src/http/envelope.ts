import type { Response } from 'express';

/** Answers `{ data, meta }`; `meta` gets the time and the id of the request. */
export function sendData(res: Response, data: unknown, meta: Record<string, unknown> = {}): void {
  const { requestId } = res.locals;
  res.json({ data, meta: { ...meta, timestamp: new Date().toISOString(), requestId } });
}

/** Answers 201 with the new row and where it is. */
export function sendCreated(res: Response, location: string, data: unknown): void {
  res.status(201).location(location);
  sendData(res, data);
}
