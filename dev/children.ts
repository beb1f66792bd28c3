import path from 'node:path';
import { startChild, type RunningChild } from './process';
import { cleanEnv, simulatedAwsEnv, SimulatorControl } from './simulator-control';

const compiled = (...parts: string[]) =>
  path.join(
    __dirname,
    ...(path.basename(path.dirname(__dirname)) === 'dist' ? ['..'] : ['..', 'dist']),
    ...parts,
  );

export interface SimulatorChild {
  control: SimulatorControl;
  child: RunningChild;
}

export interface SimulatorChildOptions {
  args?: string[];
  onLine?: (line: string) => void;
}

/** Starts the simulated AWS as a process of its own, on a free port unless `args` name one. */
export async function startSimulatorChild(options: SimulatorChildOptions = {}): Promise<SimulatorChild> {
  let url = '';
  const child = await startChild({
    name: 'simulated AWS',
    command: process.execPath,
    args: [compiled('simulator', 'main.js'), '--port', '0', '--json-ready', ...(options.args ?? [])],
    env: cleanEnv(process.env),
    onLine: options.onLine,
    ready: (line) => {
      if (!line.startsWith('{')) return false;
      url = (JSON.parse(line) as { url?: string }).url ?? '';
      return url !== '';
    },
  });
  return { control: new SimulatorControl(url), child };
}

export interface WorkerChildOptions {
  temporalAddress: string;
  awsUrl: string;
  taskQueue?: string;
  env?: Record<string, string>;
  onLine?: (line: string) => void;
}

/** Starts a worker as a process of its own, its AWS clients pointed at the simulator. */
export async function startWorkerChild(options: WorkerChildOptions): Promise<RunningChild> {
  return startChild({
    name: 'worker',
    command: process.execPath,
    args: [compiled('worker', 'main.js')],
    env: {
      ...cleanEnv(process.env),
      ...simulatedAwsEnv(options.awsUrl),
      TEMPORAL_ADDRESS: options.temporalAddress,
      ...(options.taskQueue && { UNDROP_TASK_QUEUE: options.taskQueue }),
      ...options.env,
    },
    onLine: options.onLine,
    ready: (line) => line.includes('"worker started"'),
  });
}

export interface ApiChild {
  /** `http://127.0.0.1:PORT` */
  url: string;
  child: RunningChild;
}

export interface ApiChildOptions {
  temporalAddress: string;
  taskQueue?: string;
  env?: Record<string, string>;
  onLine?: (line: string) => void;
}

/** Starts the HTTP API as a process of its own, on a free port of the loopback unless `env` says otherwise. */
export async function startApiChild(options: ApiChildOptions): Promise<ApiChild> {
  let url = '';
  const child = await startChild({
    name: 'HTTP API',
    command: process.execPath,
    args: [compiled('client', 'http', 'main.js')],
    env: {
      ...cleanEnv(process.env),
      TEMPORAL_ADDRESS: options.temporalAddress,
      UNDROP_API_PORT: '0',
      ...(options.taskQueue && { UNDROP_TASK_QUEUE: options.taskQueue }),
      ...options.env,
    },
    onLine: options.onLine,
    ready: (line) => {
      const { address = '', docs } = (line.startsWith('{') ? JSON.parse(line) : {}) as Record<string, string>;
      if (docs !== undefined) url = address;
      return url !== '';
    },
  });
  return { url, child };
}
