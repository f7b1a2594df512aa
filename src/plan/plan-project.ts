import type { Plan, Step, Tool } from '../spec/change.ts';
import { formatManifest } from '../spec/format-manifest.ts';
import { formatLock, LOCK } from '../spec/lock.ts';
import type { Manifest } from '../spec/manifest.ts';
import { packedTool, toolReference } from '../spec/tool.ts';
import type { Stack } from '../stacks/stack.ts';

export type ProjectRequest = {
  manifest: Manifest;
  stack: Stack;
  tool: Tool;
  /** The version of this tool. */
  version: string;
  /** A random text that nobody can guess, another one at each call. */
  newSecret: () => string;
  steps: Step[];
};

/** Every file of a new project, and what follows once they are written. */
export function planProject(request: ProjectRequest): Plan {
  const { manifest, stack, tool, version, newSecret, steps } = request;
  const files = [
    { path: 'backend.json', content: formatManifest(manifest) },
    { path: LOCK, content: formatLock(version, { manifest, lineage: {} }) },
    ...stack.renderProject(manifest, toolReference(tool)),
  ];
  const secrets = stack.renderSecrets(manifest, newSecret);
  const changes: Plan['changes'] = [
    ...files.map((file) => ({ kind: 'create' as const, ...file })),
    ...secrets.map((file) => ({
      kind: 'create' as const,
      mode: 0o600,
      secret: true as const,
      ...file,
    })),
  ];
  if (tool.kind === 'packed') {
    changes.push({ kind: 'create', path: packedTool(tool.file), content: tool.content });
  }
  return { changes, steps, notices: [] };
}
