import type { EndpointRequest } from '../spec/endpoint.ts';
import { shellWord } from '../spec/shell.ts';

/** The request as a command that asks nothing. */
export function endpointCommand(request: EndpointRequest): string {
  const { name, fields, pagination, only, under, access, rateLimit, singular, plural } = request;
  const given = { pagination, only, under, access, 'rate-limit': rateLimit, singular, plural };
  const flags = Object.entries(given).flatMap(([flag, value]) =>
    value === undefined ? [] : [`--${flag}`, value],
  );
  return ['gen', 'endpoint', name, ...fields, ...flags].map(shellWord).join(' ');
}
