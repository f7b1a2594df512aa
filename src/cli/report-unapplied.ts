import { isApplied } from '../manifest/lock.ts';
import { applyCommand, type OpenProject } from './in-project.ts';
import { stderr } from './streams.ts';
import { typed } from './typed.ts';

/** Says that a list shows the code before `backend.json` was edited, if it was. */
export function tellUnapplied(project: OpenProject): void {
  if (isApplied(project.manifest, project.applied)) return;
  const command = typed(applyCommand(project), project.runner);
  stderr().write(`\nbackend.json was edited; the list shows the code until you run: ${command}\n`);
}
