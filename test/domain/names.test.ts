import * as fc from '../support/made-up';
import {
  clientToken,
  keptRecoveryPointName,
  restoredTableName,
  snapshotCopyName,
  statementName,
} from '../../domain/names';
import { manualSnapshotIdentifierSchema, snapshotIdentifierSchema } from '../../domain/operations/common';
import { identifierSchema, utf8Length } from '../../domain/table-name';
import { serverlessNameSchema } from '../../domain/warehouse';

const run = 'recover-table/analytics/dev.public.orders/3f9a1c2e';
const differing = (names: string[]) => new Set(names).size === names.length;

describe('a client token', () => {
  it('is the same for every attempt, worker and version of Undrop', () => {
    expect(clientToken(run, 'export')).toBe('undrop-b2a8802c7f63d3dbd223dd0fa890af906fb64bd3');
    expect(clientToken(run, 'export', 1)).toBe(clientToken(run, 'export'));
  });

  it('differs by run, step and generation', () => {
    const tokens = [
      clientToken(run, 'export'),
      clientToken(`${run}x`, 'export'),
      clientToken(run, 'verify'),
      clientToken(run, 'export', 2),
      clientToken(run, 'export1', 1),
      clientToken(run, 'export', 11),
    ];
    expect(differing(tokens)).toBe(true);
  });

  it('is what both APIs take: 1 to 64 printable characters, for any workflow id', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 1000 }),
        fc.string(),
        fc.nat(),
        (id, step, generation) => {
          expect(clientToken(id, step, generation)).toMatch(/^[a-z0-9-]{1,64}$/);
        },
      ),
    );
  });
});

describe('a statement name', () => {
  it('begins so that the statements of one run can be listed by prefix', () => {
    expect(statementName(run, 'verify.count', 2)).toBe(`undrop:${run}:verify.count:2`);
  });

  it('has at most 500 characters', () => {
    expect(statementName('x'.repeat(1000), 'verify')).toHaveLength(500);
  });
});

describe('the default name of a restored table', () => {
  it('tells where the rows came from and which run made it', () => {
    expect(restoredTableName('orders', run, 'restore')).toMatch(/^orders_restored_[0-9a-f]{8}$/);
    expect(restoredTableName('orders', run, 'restore')).toBe(restoredTableName('orders', run, 'restore'));
  });

  it('differs by run and step', () => {
    const names = [
      restoredTableName('orders', run, 'restore'),
      restoredTableName('orders', `${run}x`, 'restore'),
      restoredTableName('orders', run, 'restore-2'),
    ];
    expect(differing(names)).toBe(true);
  });

  it('is an identifier of at most 127 bytes that keeps its suffix, for every table name Redshift takes', () => {
    const character = fc.constantFrom('a', 'Z', '_', 'ü', '注', '🦆', '"', ' ');
    const table = fc
      .array(character, { minLength: 1, maxLength: 127 })
      .map((characters) => characters.join(''))
      .filter((name) => utf8Length(name) <= 127);
    fc.assert(
      fc.property(table, fc.string(), (name, id) => {
        const restored = restoredTableName(name, id, 'restore');
        expect(identifierSchema.safeParse(restored).success).toBe(true);
        expect(restored).toMatch(/_restored_[0-9a-f]{8}$/);
        expect(name.startsWith(restored.replace(/_restored_[0-9a-f]{8}$/, ''))).toBe(true);
      }),
    );
  });

  it('cuts a long name between characters, never inside one', () => {
    const restored = restoredTableName('🦆'.repeat(31), run, 'restore');
    expect(utf8Length(restored)).toBeLessThanOrEqual(127);
    expect(restored).toMatch(/^(?:🦆){27}_restored_[0-9a-f]{8}$/u);
  });
});

describe('the default name of a kept recovery point', () => {
  const name = (namespace: string, point = 'rp-1', id = run, step = 'keep') =>
    keptRecoveryPointName(namespace, point, id, step);

  it('names its namespace and its run', () => {
    expect(name('adhoc')).toMatch(/^adhoc-keep-[0-9a-f]{8}$/);
    expect(name('adhoc')).toBe(name('adhoc'));
  });

  it('differs by run, step and recovery point', () => {
    const names = [
      name('adhoc'),
      name('adhoc', 'rp-2'),
      name('adhoc', 'rp-1', `${run}x`),
      name('adhoc', 'rp-1', run, 'copy'),
    ];
    expect(differing(names)).toBe(true);
  });

  it('is a valid serverless snapshot name for every namespace that AWS can have', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9-]{3,64}$/), fc.string(), (namespace, point) => {
        expect(serverlessNameSchema.safeParse(name(namespace, point)).success).toBe(true);
      }),
    );
  });
});

describe('the default name of a snapshot copy', () => {
  it('names its source and its run', () => {
    expect(snapshotCopyName('rs:analytics-2026-11-20-03-00-00', run, 'copy')).toMatch(
      /^analytics-2026-11-20-03-00-00-keep-[0-9a-f]{8}$/,
    );
  });

  it('differs by run and step', () => {
    const names = [
      snapshotCopyName('rs:a-1', run, 'copy'),
      snapshotCopyName('rs:a-1', `${run}x`, 'copy'),
      snapshotCopyName('rs:a-1', run, 'copy-2'),
    ];
    expect(differing(names)).toBe(true);
  });

  it('is a valid manual snapshot name for every source that AWS can have', () => {
    const source = fc
      .tuple(
        fc.constantFrom('rs:', 'cm:', 'awsbackup:', ''),
        fc.stringMatching(/^[a-zA-Z](-?[a-zA-Z0-9]){0,140}$/),
      )
      .map((parts) => parts.join('').slice(0, 255).replace(/-$/, ''));
    fc.assert(
      fc.property(source, (name) => {
        expect(snapshotIdentifierSchema.safeParse(name).success).toBe(true);
        expect(manualSnapshotIdentifierSchema.safeParse(snapshotCopyName(name, run, 'copy')).success).toBe(
          true,
        );
      }),
    );
  });

  it.each(['rs:', '123', '----', '', 'ü', 'rs:-a--b-', `rs:${'a'.repeat(400)}`, `a${'-'.repeat(240)}b`])(
    'is valid even for a source that AWS cannot have: %s',
    (name) => {
      expect(manualSnapshotIdentifierSchema.safeParse(snapshotCopyName(name, run, 'copy')).success).toBe(
        true,
      );
    },
  );
});
