import type { EndpointRequest } from '../spec/endpoint.ts';
import { shellWord } from '../spec/shell.ts';

/** The request as a command that asks nothing. */
export function endpointCommand(request: EndpointRequest): string {
  const { name, fields, pagination, only, under, singular, plural } = request;
  const flags = Object.entries({ pagination, only, under, singular, plural }).flatMap(
    ([flag, value]) => (value === undefined ? [] : [`--${flag}`, value]),
  );
  return ['gen', 'endpoint', name, ...fields, ...flags].map(shellWord).join(' ');
}
