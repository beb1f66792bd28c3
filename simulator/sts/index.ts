import type { SimWorld } from '../core/sim-world';
import type { Operations } from '../core/types';

/** The simulated STS: who is asking. Nothing is signed or authorised here, so everybody is the same user. */
export function createSts({ accountId }: SimWorld): Operations {
  return {
    GetCallerIdentity: () => ({
      UserId: 'AIDASIMULATED0000000',
      Account: accountId,
      Arn: `arn:aws:iam::${accountId}:user/simulated`,
    }),
  };
}
