/** What a project has beside its code or goes without, by the words of the command line. */
export const extraNames = ['client', 'collections'] as const;
export type ExtraName = (typeof extraNames)[number];

export const isExtra = (name: string): name is ExtraName =>
  extraNames.some((each) => each === name);
