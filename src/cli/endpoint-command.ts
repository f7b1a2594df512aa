import type { EndpointRequest } from '../spec/endpoint.ts';
import { endpointArgs } from '../spec/endpoint-args.ts';
import { shellWord } from '../spec/shell.ts';

/** The request as a command that asks nothing. */
export function endpointCommand(request: EndpointRequest): string {
  return ['gen', ...endpointArgs(request)].map(shellWord).join(' ');
}
