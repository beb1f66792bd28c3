import type { ServiceName } from './types';

/**
 * What a fault does to a request. `effect` says whether the operation is carried out although its answer is bad:
 * 'none' (default) or 'kept'. Every kind is one of the ways in which real AWS, or the network before it, fails.
 */
export type FaultAction =
  /**
   * The service's own throttling error, nothing done. `wrapped`: as Redshift Serverless and the Data API sometimes send
   * it, inside a ValidationException that no SDK retries (docs/aws-notes.md, 12); other services have no such thing.
   */
  | { kind: 'throttle'; wrapped?: boolean }
  /** Any error code; nothing done unless `effect` is 'kept'. */
  | { kind: 'error'; code: string; message?: string; status?: number; effect?: Effect }
  | { kind: 'access-denied' }
  /** Real milliseconds of delay before the request is handled; it then goes well. */
  | { kind: 'latency'; milliseconds: number }
  /** No answer ever; the connection stays open until the client gives up. */
  | { kind: 'hang'; effect?: Effect }
  /** The connection is cut before anything is done. */
  | { kind: 'drop-before' }
  /** The operation is carried out, then the connection is cut: the answer is lost. */
  | { kind: 'drop-after' }
  /** The operation is carried out; half of the answer arrives, then the connection is cut. */
  | { kind: 'truncate' }
  /**
   * A proxy's page with status 200, or the text given. Beware of well-formed pages: the AWS SDK reads one as an answer of
   * the query protocol without any members, and throws nothing.
   */
  | { kind: 'html'; body?: string; effect?: Effect }
  /** This list shows the world as it was so many virtual seconds ago. */
  | { kind: 'stale'; seconds: number }
  /** The request is accepted, but the work it starts ends in `status`. */
  | { kind: 'terminal'; status: string; message?: string };

type Effect = 'none' | 'kept';

export interface FaultRule {
  /** Any service that has the operation, when left out. */
  service?: ServiceName;
  /** API name, or '*' for every operation. */
  operation: string;
  /** Fires only when the request has these parameters; nested structures are matched partially. */
  match?: Record<string, unknown>;
  /** How often it fires: a number (default 1), or 'always'. */
  times?: number | 'always';
  /** Lets so many matching requests pass first (default 0). */
  skip?: number;
  action: FaultAction;
}

/** A rule that was added, with what it did so far. */
export interface FaultState extends FaultRule {
  id: string;
  /** Requests that matched, fired or passed. */
  matched: number;
  fired: number;
  exhausted: boolean;
}

export interface FaultBook {
  /** @throws InvalidBody for a rule that is not one, or that could never fire. */
  add(rule: FaultRule): FaultState;
  list(): FaultState[];
  /** Takes one rule away, or all; returns how many went. */
  remove(id?: string): number;
  /** The first rule that fires for this request, counted as fired; undefined when none does. */
  take(request: { service: ServiceName; operation: string; parameters: unknown }): FaultState | undefined;
}

/**
 * Scripted faults: at most one rule fires per request, in the order in which rules were added.
 *
 * @param proved throws for a rule that is not to be taken; every rule is taken without it.
 */
export function createFaultBook(
  proved: (rule: unknown) => FaultRule = (rule) => rule as FaultRule,
): FaultBook {
  let rules: FaultState[] = [];
  let added = 0;
  return {
    add(rule) {
      const state = { ...proved(rule), id: `fault-${added + 1}`, matched: 0, fired: 0, exhausted: false };
      added += 1;
      rules.push(state);
      return state;
    },
    list: () => rules.map((rule) => ({ ...rule })),
    remove(id) {
      const before = rules.length;
      rules = id === undefined ? [] : rules.filter((rule) => rule.id !== id);
      return before - rules.length;
    },
    take({ service, operation, parameters }) {
      for (const rule of rules) {
        if (rule.exhausted) continue;
        if (rule.service !== undefined && rule.service !== service) continue;
        if (rule.operation !== '*' && rule.operation !== operation) continue;
        if (rule.match !== undefined && !matchesPartially(rule.match, parameters)) continue;
        rule.matched += 1;
        if (rule.matched <= (rule.skip ?? 0)) continue;
        rule.fired += 1;
        const times = rule.times ?? 1;
        rule.exhausted = times !== 'always' && rule.fired >= times;
        return rule;
      }
      return undefined;
    },
  };
}

/** Whether everything said in `pattern` is so in `value`. Lists must have the same length; times are ISO text. */
function matchesPartially(pattern: unknown, value: unknown): boolean {
  if (value instanceof Date) return pattern === value.toISOString();
  if (typeof pattern !== 'object' || pattern === null) return pattern === value;
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(pattern) && (!Array.isArray(value) || value.length !== pattern.length)) return false;
  return Object.entries(pattern).every(([key, expected]) =>
    matchesPartially(expected, (value as Record<string, unknown>)[key]),
  );
}
