export const roles = ['user', 'moderator', 'admin'] as const;

export type Role = (typeof roles)[number];

/** The authenticated user of a request. */
export type Caller = { id: string; role: Role; sessionId: string };
