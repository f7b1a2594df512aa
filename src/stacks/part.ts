import { hasPart } from '../manifest/account-parts.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { hasWebhooks } from '../manifest/service-rules.ts';
import type { PartTemplates } from './compose.ts';
import { placesOf } from './places.ts';
import { describeResource, type Resource } from './resource.ts';
import type { RenderedFile, Route } from './stack.ts';

/** Routes below the base path, and those beside it. */
type PartRoutes = { api: readonly Route[]; root: readonly Route[] };

/** A part that a project either has or does without. */
export type Part = PartTemplates & {
  name: string;
  isIn(manifest: Manifest): boolean;
  /** Its routes; a function where their access follows from the manifest. */
  routes: PartRoutes | ((manifest: Manifest) => PartRoutes);
  /** The secrets of each copy of a project, each with what it allows. */
  secrets: Readonly<Record<string, string>>;
};

type PartRules = Pick<Part, 'isIn'> & Partial<Pick<Part, 'secrets'>>;

/** When a project has each part, and what secrets it then has: the same on every stack. */
const rules = {
  project: { isIn: () => true },
  accounts: {
    isIn: ({ auth }) => auth === 'jwt',
    secrets: { AUTH_SECRET: 'signing in as any user' },
  },
  browser: { isIn: (manifest) => hasPart(manifest, 'browser') },
  mail: { isIn: (manifest) => hasPart(manifest, 'mail') },
  services: { isIn: ({ services = {} }) => Object.keys(services).length > 0 },
  webhooks: { isIn: hasWebhooks },
  expiry: { isIn: (manifest) => manifest.auth === 'jwt' || hasWebhooks(manifest) },
  oidc: { isIn: (manifest) => hasPart(manifest, 'oidc') },
  'oidc-mail': { isIn: (manifest) => hasPart(manifest, 'oidc') && hasPart(manifest, 'mail') },
  graphql: { isIn: ({ graphql }) => graphql === true },
  'graphql-accounts': { isIn: ({ auth, graphql }) => auth === 'jwt' && graphql === true },
} as const satisfies Record<string, PartRules>;

/** A part as a stack makes it. */
export function partOf(
  name: keyof typeof rules,
  templates: PartTemplates,
  routes: Part['routes'] = { api: [], root: [] },
): Part {
  return { name, ...templates, secrets: {}, ...rules[name], routes };
}

/**
 * Every route of a backend with these parts: those beside its API first, then its parts, then its
 * endpoints. `fileOf` names the file that answers for an endpoint.
 */
export function routesOf(
  manifest: Manifest,
  parts: readonly Part[],
  fileOf: (resource: Resource) => string,
): Route[] {
  const { basePath, endpoints } = manifest;
  const ofEndpoints = Object.keys(endpoints).flatMap((plural) => {
    const resource = describeResource(manifest, plural);
    return placesOf(resource).map((place) => ({ ...place, file: fileOf(resource) }));
  });
  const ofParts = parts.map(({ routes }) =>
    typeof routes === 'function' ? routes(manifest) : routes,
  );
  const api = [...ofParts.flatMap((routes) => routes.api), ...ofEndpoints];
  return [
    ...ofParts.flatMap((routes) => routes.root),
    ...api.map((route) => ({ ...route, path: basePath + route.path })),
  ];
}

/** The file with the secrets of one copy of a project with these parts; none where it has none. */
export function secretsOf(parts: readonly Part[], newSecret: () => string): RenderedFile[] {
  const content = parts
    .flatMap((part) => Object.entries(part.secrets))
    .map(([name, allows]) => {
      const warning = `Do not commit it: it allows ${allows}.`;
      return `# Generated for this copy of the project. ${warning}\n${name}=${newSecret()}\n`;
    });
  return content.length === 0 ? [] : [{ path: '.env', content: content.join('\n') }];
}
