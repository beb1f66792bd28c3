import type { EffectRecord, OperationRecord, SimClock } from './types';

/** Oldest lines are dropped beyond this, so that a long soak does not eat the memory. */
const longestLog = 200_000;

export interface OperationLog {
  /** Opens a line as the request arrives; its outcome stays 'in-flight' until the caller sets it. */
  open(line: Omit<OperationRecord, 'seq' | 'wallTime' | 'time' | 'outcome' | 'effectIds'>): OperationRecord;
  /** In order of arrival; optionally of one operation, or one service. */
  list(filter?: { operation?: string; service?: string }): OperationRecord[];
  clear(): void;
}

export interface EffectLog {
  note(effect: Omit<EffectRecord, 'effectId' | 'time'>): EffectRecord;
  list(filter?: { kind?: string; businessKey?: string }): EffectRecord[];
  clear(): void;
}

/** The log of every request that came over the wire, refused and dropped ones too. */
export function createOperationLog(clock: SimClock): OperationLog {
  const lines: OperationRecord[] = [];
  let seq = 0;
  return {
    open(line) {
      const record: OperationRecord = {
        seq: ++seq,
        wallTime: new Date().toISOString(),
        time: clock.now().toISOString(),
        ...line,
        outcome: 'in-flight',
        effectIds: [],
      };
      lines.push(record);
      if (lines.length > longestLog) lines.shift();
      return record;
    },
    list: ({ operation, service } = {}) =>
      lines.filter(
        (line) =>
          (operation === undefined || line.operation === operation) &&
          (service === undefined || line.service === service),
      ),
    clear() {
      lines.length = 0;
      seq = 0;
    },
  };
}

/** The log of what was really changed: "exactly once" means one line per business key. */
export function createEffectLog(clock: SimClock): EffectLog {
  const lines: EffectRecord[] = [];
  return {
    note(effect) {
      const record = { effectId: `effect-${lines.length + 1}`, ...effect, time: clock.now().toISOString() };
      lines.push(record);
      return record;
    },
    list: ({ kind, businessKey } = {}) =>
      lines.filter(
        (line) =>
          (kind === undefined || line.kind === kind) &&
          (businessKey === undefined || line.businessKey === businessKey),
      ),
    clear: () => void (lines.length = 0),
  };
}
