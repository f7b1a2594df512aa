import { hasPart } from '../../manifest/account-parts.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { knownRoles } from '../../manifest/roles.ts';
import { toLiteral } from '../python/literal.ts';
import { graphqlOverview } from './graphql-overview.ts';
import { leftOut } from './left-out.ts';
import { rolesView } from './roles-view.ts';
import { rules } from './rules.ts';
import { readmeSections } from './sections.ts';
import { servicesView } from './services-view.ts';
import { versionsView } from './versions-view.ts';

/** Everything that the templates of a project name. */
export function projectView(manifest: Manifest, tool: string) {
  const { name, roles, basePath, packageManager } = manifest;
  const services = servicesView(manifest);
  const versions = versionsView(manifest);
  const without = leftOut(manifest).map(({ path }) => path);
  return {
    name,
    basePath,
    browser: hasPart(manifest, 'browser'),
    basePathLiteral: toLiteral(basePath),
    tool,
    mail: hasPart(manifest, 'mail'),
    oidc: hasPart(manifest, 'oidc'),
    roles: rolesView(knownRoles(roles)),
    sections: readmeSections(manifest),
    exec: rules.runner(packageManager),
    server: `${rules.runner(packageManager)} gen mcp`,
    hasImage: !without.includes('Dockerfile'),
    hasWorkflow: !without.includes('.github/workflows/ci.yaml'),
    leftOut: without,
    ...services,
    asksOthers: hasPart(manifest, 'oidc') || services.services.length > 0,
    ...graphqlOverview(manifest),
    ...versions,
    webhookPatterns: services.webhooks.map(
      ({ path }) => `${versions.basePathPattern} + ${toLiteral(`/webhooks/${path}/?`)}`,
    ),
  };
}
