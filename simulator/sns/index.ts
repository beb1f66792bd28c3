import type { SimWorld } from '../core/sim-world';
import type { Operations } from '../core/types';
import { publishOperation } from './publish';
import type { SnsContext } from './state';
import { topicOperations } from './topics';

export interface SnsRoom {
  operations: Operations;
  /** For seeds, `/_simulator/messages` and tests. */
  context: SnsContext;
}

/** The simulated SNS: topics, and what was published to them. Subscriptions are not simulated. */
export function createSnsRoom(world: SimWorld): SnsRoom {
  const context: SnsContext = { world, topics: new Map(), messages: [] };
  return { context, operations: { ...topicOperations(context), ...publishOperation(context) } };
}
