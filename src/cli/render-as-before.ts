import { join } from 'node:path';
import { withoutBareAccounts } from '../manifest/accounts.ts';
import { endpointArgs, requestOf } from '../manifest/endpoint-args.ts';
import { UserError } from '../manifest/errors.ts';
import { formatManifest } from '../manifest/format-manifest.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { parseManifest } from '../manifest/manifest.ts';
import { packedFile, packedTool } from '../manifest/tool.ts';
import { isNewer } from '../manifest/version.ts';
import { orderTables } from '../plan/affected.ts';
import { findRelease } from '../project/find-release.ts';
import { installedAt } from '../project/is-installed.ts';
import { readTree } from '../project/read-tree.ts';
import type { RenderedFile } from '../stacks/stack.ts';
import type { InstalledRelease } from '../steps/run-release.ts';
import { askRelease, installRelease, runRelease, write } from '../steps/run-release.ts';
import { inTemporaryFolder } from '../steps/temporary-folder.ts';
import { FIRST_VERSION, type OpenProject } from './in-project.ts';

/** What the version that generated a project renders for the manifest that was applied last. */
export async function renderAsBefore(project: OpenProject): Promise<RenderedFile[]> {
  return inTemporaryFolder(async (folder) => {
    const release = await releaseOf(project, join(folder, 'tool'));
    if (release.version === FIRST_VERSION) return replay(release, project, folder);
    const { madeBy, files, templates, stack } = project;
    const applied = asKnownTo(madeBy, project.applied);
    const file = packedFile(madeBy);
    const isPacked = files.bytes(packedTool(file)) !== undefined;
    const tool = isPacked
      ? { kind: 'packed' as const, file }
      : { kind: 'registry' as const, version: madeBy };
    const ask = (own: RenderedFile[]) =>
      askRelease(release, join(folder, `project-${own.length}`), {
        files: [{ path: 'backend.json', content: formatManifest(applied) }, ...own],
        tool: stack.toolNote.referenceTo(tool),
      });
    if (templates.length === 0) return ask([]);
    // Templates that were changed for this version already may be none for the earlier one.
    return ask(templates).catch(() => ask([]));
  });
}

/** Versions before 0.3.0 know no fields of accounts. */
const asKnownTo = (version: string, manifest: Manifest) =>
  isNewer('0.3.0', version) ? withoutBareAccounts(manifest) : manifest;

async function releaseOf(
  { root, madeBy, stack }: OpenProject,
  folder: string,
): Promise<InstalledRelease> {
  const found = await findRelease(root, madeBy, installedAt(root, stack.toolNote.installed));
  if (found.kind === 'installed') return { version: madeBy, root: found.root };
  return installRelease(folder, { ...found, version: madeBy });
}

/** The first version has no `gen render`, so it generates the project and its endpoints again. */
async function replay(
  release: InstalledRelease,
  { applied, stacks }: OpenProject,
  folder: string,
): Promise<RenderedFile[]> {
  const { name, auth, packageManager, endpoints } = withoutBareAccounts(applied);
  const root = join(folder, 'made', name.replace(/^.*\//, ''));
  const flags = ['--auth', auth, '--package-manager', packageManager];
  const quiet = ['--no-install', '--no-git', '--yes', '--json'];
  await runRelease(release, folder, ['create-backend', root, ...flags, ...quiet]);
  const empty = formatManifest({ ...applied, endpoints: {} });
  await write(root, [{ path: 'backend.json', content: empty }]);
  for (const plural of orderTables(applied, Object.keys(endpoints)).order) {
    const endpoint = endpoints[plural];
    if (endpoint === undefined) continue;
    const args = endpointArgs(requestOf(plural, endpoint));
    await runRelease(release, root, ['gen', ...args, '--yes', '--json']);
  }
  const files = await readTree(root);
  const manifest = files.find(({ path }) => path === 'backend.json')?.content ?? '';
  refuseAnother(parseManifest(manifest, 'backend.json', stacks), applied);
  return files.filter(({ path }) => !OWN.test(path));
}

/** Files that belong to the project alone: its manifest, its secrets, the packed tool. */
const OWN = /^(backend\.json|\.env|\.backend\/.*)$/;

function refuseAnother(made: Manifest, applied: Manifest): void {
  const sorted = ({ endpoints, ...rest }: Manifest) =>
    formatManifest({ ...rest, endpoints: Object.fromEntries(Object.entries(endpoints).sort()) });
  if (sorted(made) === sorted(applied)) return;
  const found = `create-backend ${FIRST_VERSION} could not reproduce this project from backend.json.`;
  const expected = 'Expected backend.json as `gen endpoint` of that version writes it.';
  throw new UserError([{ found, expected }], 'git diff backend.json');
}
