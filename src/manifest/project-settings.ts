import type { Choice, ProjectSetting } from './project-table.ts';
import { projectSettings } from './project-table.ts';

/** The keys of a manifest beside its endpoints, in the order in which they are written. */
export const projectKeys: readonly string[] = Object.keys(projectSettings);

/** The settings that `create-backend` has flags and questions for, in the order of the questions. */
export const projectChoices: readonly (readonly [name: string, choice: Choice])[] =
  Object.entries<ProjectSetting>(projectSettings).flatMap(([name, { choice }]) =>
    choice ? [[choice.name ?? name, choice] as const] : [],
  );

/** What `backend.json` says for the answers to these questions. */
export function storedChoices(answers: Readonly<Record<string, string>>): Record<string, unknown> {
  const rows: [string, ProjectSetting][] = Object.entries(projectSettings);
  const stored = rows.flatMap(([key, { choice }]) => {
    const value = answers[choice?.name ?? key];
    if (choice === undefined || value === undefined) return [];
    return [[key, choice.stored ? choice.stored(value) : value]];
  });
  return Object.fromEntries(stored);
}
