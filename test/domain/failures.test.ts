import { failureMessage, failures, isFailureType, type FailureRow } from '../../domain/failures';

const rows: [string, FailureRow][] = Object.entries(failures);

describe('the failure table', () => {
  it.each(rows)(
    '%s has a remedy of whole sentences that says what to do, without our code in it',
    (_type, row) => {
      expect(row.remedy).toMatch(/^[A-Z].{20,}\.$/);
      expect(row.remedy).not.toMatch(/\b(activity|workflow|throw|undefined|null|Fault|Exception|check)\b/i);
    },
  );

  it('has no remedy twice: two failures with the same cure are one', () => {
    const remedies = rows.map(([, { remedy }]) => remedy);
    expect(new Set(remedies).size).toBe(remedies.length);
  });

  it.each(rows.filter(([, { action }]) => action !== 'final'))(
    '%s passes by itself, and its remedy says that the run goes on',
    (_type, row) => {
      expect(row.remedy).toMatch(/by itself|the run waits|waits its turn|takes over|finds out/);
    },
  );

  it.each(rows)('%s has an HTTP status that fits its exit code', (_type, { exit, http }) => {
    const fitting: Record<number, number[]> = { 2: [400], 4: [401, 403], 5: [404] };
    if (fitting[exit]) expect(fitting[exit]).toContain(http);
    else expect([401, 403, 404]).not.toContain(http);
  });
});

describe('isFailureType', () => {
  it('knows every row', () => {
    for (const [type] of rows) expect(isFailureType(type)).toBe(true);
  });

  it.each(['', 'Other', 'toString', '__proto__', 'constructor', undefined, null])(
    'does not take %j for one',
    (type) => {
      expect(isFailureType(type)).toBe(false);
    },
  );
});

describe('failureMessage', () => {
  it('reads: what failed [key=value, …]: why', () => {
    expect(failureMessage('restore of the table', { snapshot: 'a', table: 'b', sends: 0 }, 'busy')).toBe(
      'restore of the table failed [snapshot=a, table=b, sends=0]: busy',
    );
  });

  it('leaves out what is not known, and the brackets when nothing is', () => {
    expect(failureMessage('look', { cluster: undefined, snapshot: 'a', table: '' }, 'gone')).toBe(
      'look failed [snapshot=a]: gone',
    );
    expect(failureMessage('look', { cluster: undefined }, 'gone')).toBe('look failed: gone');
  });
});
