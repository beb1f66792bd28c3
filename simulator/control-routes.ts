import { NotThere, type ControlRoute } from './core/control';
import { effectLines, sinceOf } from './effect-lines';
import type { FaultRule } from './core/faults';
import { parseSettings } from './core/settings-validation';
import type { SqlField } from './core/types';
import { InvalidBody, requireFields } from './core/validation';
import type { Epoch } from './epoch';
import { seedNames, type SeedName, type SeedOptions } from './seed';
import { describeState } from './state-report';

export interface ControlParts {
  epoch: () => Epoch;
  reset: (seed?: SeedName, options?: SeedOptions) => Promise<void>;
}

/** The control endpoints of docs/simulator.md. They are no operations: they are in no log and no fault touches them. */
export function controlRoutes({ epoch, reset }: ControlParts): ControlRoute[] {
  return [
    {
      method: 'GET',
      path: '/_simulator/healthz',
      about: 'answers as soon as requests are served',
      handle: () => ({ ok: true, now: epoch().world.clock.now().toISOString() }),
    },
    {
      method: 'GET',
      path: '/_simulator/log',
      about: 'every request, in order of arrival; ?operation= and ?service= filter',
      handle: (_body, query) => {
        const operations = epoch().log.list({
          operation: query.get('operation') ?? undefined,
          service: query.get('service') ?? undefined,
        });
        return { count: operations.length, operations };
      },
    },
    {
      method: 'GET',
      path: '/_simulator/effects',
      about: 'every change really made; ?kind=, ?businessKey= and ?since= filter, ?format=text reads well',
      handle: (_body, query) => {
        const since = sinceOf(query);
        const filter = {
          kind: query.get('kind') ?? undefined,
          businessKey: query.get('businessKey') ?? undefined,
        };
        const effects = epoch()
          .effects.list(filter)
          .filter(({ time }) => Date.parse(time) >= since);
        return query.get('format') === 'text' ? effectLines(effects) : { count: effects.length, effects };
      },
    },
    {
      method: 'GET',
      path: '/_simulator/messages',
      about: 'what was published to SNS topics, in order; ?topic= (its ARN) filters',
      handle: (_body, query) => {
        const topic = query.get('topic');
        const messages = epoch().rooms.sns.context.messages.filter(
          (message) => topic === null || message.topic === topic,
        );
        return { count: messages.length, messages };
      },
    },
    {
      method: 'GET',
      path: '/_simulator/faults',
      about: 'the fault rules and how often each fired',
      handle: () => ({ faults: epoch().faults.list() }),
    },
    {
      method: 'POST',
      path: '/_simulator/faults',
      about: 'adds a fault rule',
      // Whatever came is proved by the book itself.
      handle: (body) => epoch().faults.add(body as FaultRule),
    },
    {
      method: 'DELETE',
      path: '/_simulator/faults',
      about: 'takes all fault rules away, or the one of ?id=',
      handle: (_body, query) => {
        const id = query.get('id') ?? undefined;
        const removed = epoch().faults.remove(id);
        if (id !== undefined && removed === 0) throw new NotThere(`there is no fault ${id}`);
        return { removed };
      },
    },
    {
      method: 'POST',
      path: '/_simulator/advance',
      about: 'moves virtual time forward: {"seconds": n}',
      handle: async (body) => {
        const { seconds } = requireFields(body, { seconds: 'non-negative' }) as { seconds: number };
        const { clock, agenda } = epoch().world;
        clock.advance(seconds);
        await agenda.runDue();
        return { now: clock.now().toISOString() };
      },
    },
    {
      method: 'GET',
      path: '/_simulator/settings',
      about: 'the settings as they are',
      handle: () => epoch().world.settings,
    },
    {
      method: 'POST',
      path: '/_simulator/settings',
      about: 'changes some settings and answers all',
      handle: (body) => Object.assign(epoch().world.settings, parseSettings(body)),
    },
    {
      method: 'POST',
      path: '/_simulator/reset',
      about: 'a fresh world, without logs and faults: {"seed"?: "default" | "empty", "options"?: {…}}',
      handle: async (body) => {
        const { seed, options } = parseReset(body);
        await reset(seed, options);
        return { now: epoch().world.clock.now().toISOString() };
      },
    },
    {
      method: 'GET',
      path: '/_simulator/state',
      about: 'what there is, in short',
      handle: () => describeState(epoch()),
    },
    {
      method: 'POST',
      path: '/_simulator/sql',
      about: 'runs SQL directly: {"warehouse", "database", "sql"}',
      handle: (body) => runSql(epoch(), body),
    },
  ];
}

function parseReset(body: unknown): { seed?: SeedName; options?: SeedOptions } {
  if (body === undefined) return {};
  const reset = requireFields(body, {
    seed: { optional: seedNames },
    options: { optional: 'object' },
  }) as { seed?: SeedName; options?: SeedOptions };
  if (reset.options !== undefined) {
    requireFields(reset.options, {
      orderRows: { optional: 'count' },
      orderItems: { optional: 'count' },
      eventRows: { optional: 'count' },
    });
  }
  return reset;
}

async function runSql({ world, rooms }: Epoch, body: unknown): Promise<object> {
  const fields = { warehouse: 'string', database: 'string', sql: 'string' } as const;
  const { warehouse, database, sql } = requireFields(body, fields) as Record<keyof typeof fields, string>;
  if (!rooms.warehouseNames().includes(warehouse)) {
    throw new NotThere(`there is no warehouse ${warehouse} (known: ${rooms.warehouseNames().join(', ')})`);
  }
  const engine = await world.warehouse(warehouse);
  if (!(await engine.databases()).includes(database)) {
    throw new NotThere(`there is no database ${database} in ${warehouse}`);
  }
  try {
    const [result] = await engine.run(database, [{ sql }]);
    return {
      columns: result?.columns.map(({ name, typeName }) => ({ name, typeName })) ?? [],
      rows: result?.rows.map((row) => row.map(plainValue)) ?? [],
      rowCount: result?.rowCount ?? 0,
    };
  } catch (error) {
    throw new InvalidBody([`the SQL failed: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

/** A field as JSON: null, boolean, number or text; a blob as base64. */
function plainValue(field: SqlField): unknown {
  if ('isNull' in field) return null;
  if ('blobValue' in field) return Buffer.from(field.blobValue).toString('base64');
  return Object.values(field)[0];
}
