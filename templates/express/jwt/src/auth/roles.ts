export const roles = ['user', 'moderator', 'admin'] as const;

export type Role = (typeof roles)[number];

/** Who sends the request, as the access token proves it. */
export type Caller = { id: string; role: Role; sessionId: string };
