import type {
  ZodOpenApiOperationObject,
  ZodOpenApiPathItemObject,
  ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { createOpenApi, type OpenApi } from '../http/openapi.ts';
import { headersOf, type OldVersion } from './deprecation.ts';

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/**
 * The document of an old version. All operations are deprecated, and all responses have its headers.
 * Of two routes with one path, it has the first one, which is the one that answers.
 */
export function createOldOpenApi(version: OldVersion, publicUrl: string | undefined): OpenApi {
  // Without `publicUrl`, the server is found from `/openapi/v1.json`.
  const openapi = createOpenApi(version.basePath, publicUrl ?? '..');
  const known = new Set<string>();
  const headers = [...Object.keys(headersOf(version)), 'Link'];
  return {
    add(paths) {
      for (const [path, item] of Object.entries(paths)) {
        // Its parameters may have other names.
        const route = path.replace(/\{\w+\}/g, '{}');
        if (!known.has(route)) openapi.add({ [path]: deprecatedItem(item, headers) });
        known.add(route);
      }
    },
    document: openapi.document,
  };
}

function deprecatedItem(item: ZodOpenApiPathItemObject, headers: string[]) {
  const shown: ZodOpenApiPathItemObject = { ...item };
  for (const method of methods) {
    const operation = item[method];
    if (operation) shown[method] = deprecatedOperation(operation, headers);
  }
  return shown;
}

const descriptions: Record<string, string> = {
  Deprecation: 'Since when this version is deprecated (RFC 9745)',
  Sunset: 'Until when this version is served (RFC 8594)',
  Link: 'Where the newest version is',
};

function deprecatedOperation(
  operation: ZodOpenApiOperationObject,
  names: string[],
): ZodOpenApiOperationObject {
  const headers = Object.fromEntries(
    names.map((name) => {
      const description = descriptions[name] ?? '';
      return [name, { description, required: true, schema: { type: 'string' as const } }];
    }),
  );
  const responses: ZodOpenApiResponsesObject = {};
  for (const [status, response] of Object.entries(operation.responses)) {
    const own = '$ref' in response ? {} : response.headers;
    Object.assign(responses, { [status]: { ...response, headers: { ...own, ...headers } } });
  }
  return { ...operation, deprecated: true, responses };
}
