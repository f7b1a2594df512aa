export type Tables = Record<string, unknown>;
