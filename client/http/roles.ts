/** What somebody may do: a viewer reads, an operator starts and cancels, an admin runs SQL of their own. */
export const roles = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Whether the role is enough; each one may do what those before it may. */
export const isEnough = (has: Role, needs: Role): boolean => roles.indexOf(has) >= roles.indexOf(needs);

/** Who asks: from a token of ours or of the identity provider, or whoever is on this machine when there are none. */
export interface Principal {
  name: string;
  /** Absent when the identity provider knows them but gave them no role here. */
  role?: Role;
  /** When the token ends, in milliseconds since 1970. */
  expiresAt?: number;
}
