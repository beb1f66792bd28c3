import { searchAttributes } from '../../domain/search-attributes';
import { startSimulatorChild, startWorkerChild, type SimulatorChild } from '../children';
import type { RunningChild } from '../process';
import { openTemporal, type OpenTemporal } from '../temporal/open';

export interface Stack {
  temporal: OpenTemporal;
  simulator: SimulatorChild;
  worker: RunningChild;
}

/** The parts of the demo, each a process of its own: Temporal with its UI, the simulated AWS, a worker. */
export async function startStack(say: (line: string) => void): Promise<Stack> {
  const timed = async <T>(
    what: string,
    start: () => Promise<T>,
    where: (started: T) => string,
  ): Promise<T> => {
    const began = Date.now();
    const started = await start();
    say(`${what.padEnd(16)} ${where(started)}  (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    return started;
  };
  // Temporal and the simulator need nothing of each other.
  const [temporal, simulator] = await Promise.all([
    timed(
      'Temporal',
      () => openTemporal({ searchAttributes, log: say }),
      ({ address, uiUrl }) => `${address}, UI ${uiUrl ?? '(none)'}`,
    ),
    timed(
      'simulated AWS',
      () => startSimulatorChild(),
      ({ control }) => control.url,
    ),
  ]);
  const worker = await timed(
    'worker',
    () =>
      startWorkerChild({
        temporalAddress: temporal.address,
        awsUrl: simulator.control.url,
      }),
    () => 'task queue undrop',
  );
  return { temporal, simulator, worker };
}
