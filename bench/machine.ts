import os from 'node:os';

/** Where the figures were taken; they compare within one run, not between machines. */
export function machine() {
  const cpu = os.cpus()[0]?.model ?? 'unknown';
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpus: os.cpus().length,
    cpu,
    loadAverage: os.loadavg().map((load) => Math.round(load * 100) / 100),
    takenAt: new Date().toISOString(),
  };
}
