import { hasPart } from '../manifest/account-parts.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { manifestIn } from '../manifest/old-versions.ts';
import { hasWebhooks } from '../manifest/service-rules.ts';
import type { PartTemplates } from './compose.ts';
import { type OldVersionView, oldVersionViews } from './old-versions.ts';
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

function hasOldVersions({ versions = {} }: Manifest): boolean {
  return Object.keys(versions).length > 0;
}

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
  versions: { isIn: hasOldVersions },
  'old-shapes': {
    isIn: ({ versions = {} }) => Object.values(versions).some(({ endpoints }) => endpoints),
  },
  'shared-limits': { isIn: (manifest) => hasOldVersions(manifest) || manifest.graphql === true },
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
 * endpoints, then the same in its old versions. `fileOf` names the file that answers for an endpoint;
 * with a version, for an endpoint that differs in it.
 */
export function routesOf(
  manifest: Manifest,
  parts: readonly Part[],
  fileOf: (resource: Resource, version?: string) => string,
): Route[] {
  const ofParts = parts.map(({ routes }) =>
    typeof routes === 'function' ? routes(manifest) : routes,
  );
  const apiOf = (shown: Manifest, version?: OldVersionView): Route[] => {
    const endpoints = Object.keys(shown.endpoints).flatMap((plural) => {
      const resource = describeResource(shown, plural);
      const own = version?.differing.includes(plural) ? version.name : undefined;
      return placesOf(resource).map((place) => ({ ...place, file: fileOf(resource, own) }));
    });
    return [...ofParts.flatMap(({ api }) => api), ...endpoints].map((route) => ({
      ...route,
      path: shown.basePath + route.path,
    }));
  };
  return [
    ...ofParts.flatMap(({ root }) => root),
    ...apiOf(manifest),
    ...oldVersionViews(manifest).flatMap((version) =>
      apiOf(manifestIn(manifest, version.name), version),
    ),
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
