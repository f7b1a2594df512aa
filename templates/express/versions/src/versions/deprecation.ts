import type { RequestHandler } from 'express';
import { pathFor } from '../http/request.ts';

/** A version of the API that is served beside the newest one, whose base path is `successor`. */
export type OldVersion = {
  basePath: string;
  successor: string;
  /** The day since when clients should use the newest version, such as 2027-05-28. */
  deprecated: string;
  /** The day until when it is served. */
  sunset?: string;
};

/** What the headers of an old version say (RFC 9745, RFC 8594). */
export const headersOf = ({ deprecated, sunset }: OldVersion) => ({
  Deprecation: `@${Date.parse(deprecated) / 1000}`,
  ...(sunset !== undefined && { Sunset: new Date(sunset).toUTCString() }),
});

/** Tells in every response where the newest version is, and until when this one is served. */
export function tellDeprecation(version: OldVersion): RequestHandler {
  const headers = headersOf(version);
  return (req, res, next) => {
    const own = pathFor(req, '');
    const successor = own.slice(0, own.length - req.baseUrl.length) + version.successor;
    res.set(headers).append('Link', `<${successor}>; rel="successor-version"`);
    next();
  };
}

/** Leaves requests below other base paths, which begin with this one, to the next routes. */
export function exceptBelow(...basePaths: string[]): RequestHandler {
  return ({ originalUrl }, _res, next) => {
    const [path = ''] = originalUrl.split('?');
    const isOther = basePaths.some((each) => `${path}/`.startsWith(`${each}/`));
    if (isOther) next('router');
    else next();
  };
}
