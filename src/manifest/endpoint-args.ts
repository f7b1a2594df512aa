import { formatField } from './field-grammar.ts';
import type { Endpoint } from './manifest.ts';
import { shellWord } from './shell.ts';

/** What was typed behind `gen endpoint`. */
export type EndpointRequest = {
  name: string;
  fields: readonly string[];
  singular?: string | undefined;
  plural?: string | undefined;
  pagination?: string | undefined;
  /** Operations, separated by commas. */
  only?: string | undefined;
  /** The parent, in the plural or the singular. */
  under?: string | undefined;
  /** Rules such as `read=public,delete=admin`. */
  access?: string | undefined;
  /** Such as `100/minute`. */
  rateLimit?: string | undefined;
};

/** The request as the arguments of a `gen` that asks nothing. */
export function endpointArgs(request: EndpointRequest): string[] {
  const { name, fields, pagination, only, under, access, rateLimit, singular, plural } = request;
  const given = { pagination, only, under, access, 'rate-limit': rateLimit, singular, plural };
  const flags = Object.entries(given).flatMap(([flag, value]) =>
    value === undefined ? [] : [`--${flag}`, value],
  );
  return ['endpoint', name, ...fields, ...flags];
}

/** The request as a command that asks nothing. */
export function endpointCommand(request: EndpointRequest): string {
  return ['gen', ...endpointArgs(request)].map(shellWord).join(' ');
}

/** The request that makes an endpoint of a manifest again. */
export function requestOf(plural: string, endpoint: Endpoint): EndpointRequest {
  const { singular, fields, pagination, only, under, access, rateLimit } = endpoint;
  const rules = Object.entries(access ?? {}).map((rule) => rule.join('='));
  return {
    name: plural,
    fields: Object.entries(fields).map(([name, field]) => formatField(name, field)),
    singular,
    plural,
    pagination,
    only: only?.join(','),
    under,
    access: rules.length > 0 ? rules.join(',') : undefined,
    rateLimit,
  };
}
