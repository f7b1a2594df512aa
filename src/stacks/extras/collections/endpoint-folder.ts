import type { Ask, Folder } from './collection.ts';
import { createRequests } from './create-requests.ts';
import type { Endpoint } from './endpoint.ts';
import { listRequests } from './list-requests.ts';
import { refusals } from './refusals.ts';
import { getRequests, replaceRequests, updateRequests } from './row-requests.ts';

/** The requests of one endpoint, but for its deletion. */
export function endpointFolder(endpoint: Endpoint): Folder {
  const { names, operations } = endpoint.resource;
  const make: Readonly<Record<string, (endpoint: Endpoint) => Ask[]>> = {
    create: createRequests,
    list: listRequests,
    get: getRequests,
    replace: replaceRequests,
    update: updateRequests,
  };
  const usual = Object.entries(make).flatMap(([operation, asksOf]) =>
    [...operations].some((each) => each === operation) ? asksOf(endpoint) : [],
  );
  return { name: names.humanPlural, requests: [...usual, ...refusals(endpoint)] };
}
