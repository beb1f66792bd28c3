/** Where the simulator tells what went wrong inside itself; requests are in the operation log, not here. */
export interface SimulatorLogger {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
}

export const silentLogger: SimulatorLogger = { info: () => undefined, warn: () => undefined };
