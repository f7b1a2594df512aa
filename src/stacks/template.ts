/** A template as it was written: its name, and its text. */
export type Original = { path: string; text: string };

/** A template that a project has of its own: its name among the originals, and where it stands. */
export type OwnTemplate = { name: string; path: string; text: string };

/**
 * A template made ready by the build; `path` may hold `[names]` that the view knows, and `slots` what
 * parts add to it.
 */
export type Template = { path: string; render(view: object, slots?: Slots): string };

/** What stands in the slots of a template, by their names. */
export type Slots = Readonly<Record<string, (view: object) => string>>;

/** What a part of a project adds to a template of another: the slots that it fills there. */
export type Addition = { path: string; slots: Slots };
