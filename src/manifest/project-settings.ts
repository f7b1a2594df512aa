import type { Choice, ProjectSetting } from './project-table.ts';
import { projectSettings } from './project-table.ts';

/** The keys of a manifest beside its endpoints, in the order in which they are written. */
export const projectKeys: readonly string[] = Object.keys(projectSettings);

/** The settings that `create-backend` has flags and questions for, in the order of the questions. */
export const projectChoices: readonly (readonly [name: string, choice: Choice])[] =
  Object.entries<ProjectSetting>(projectSettings).flatMap(([name, { choice }]) =>
    choice ? [[name, choice] as const] : [],
  );
