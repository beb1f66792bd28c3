import { DefaultLogger, type LogLevel as TemporalLogLevel, type Logger } from '@temporalio/worker';
import pino from 'pino';
import type { LogLevel } from '../config';

const temporalLevels: Record<LogLevel, TemporalLogLevel> = {
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
};

/** Values that must never reach a log, whatever object carries them. */
const redacted = [
  '*.secretAccessKey',
  '*.sessionToken',
  '*.accessKeyId',
  '*.authorization',
  '*.Authorization',
  '*.password',
  '*.apiKey',
];

/** One JSON line per event on stderr; the SDK's own messages go through it too (runtime.ts). */
export function createLogger(level: LogLevel): Logger {
  const sink = pino(
    {
      level,
      base: undefined,
      redact: redacted,
      serializers: { error: pino.stdSerializers.err, err: pino.stdSerializers.err },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    pino.destination(2),
  );
  return new DefaultLogger(temporalLevels[level], ({ level: at, message, meta }) => {
    sink[at.toLowerCase() as LogLevel](meta ?? {}, message);
  });
}
