import { readFileSync } from 'node:fs';
import path from 'node:path';
import { formatDuration } from '../../domain/duration';
import { rates } from '../../domain/plan/estimate';

const page = readFileSync(path.join(__dirname, '..', '..', 'docs', 'plan.md'), 'utf8');
const rowOf = (first: string) =>
  page.split('\n').find(
    (line) =>
      line
        .split('|')[1]
        ?.trim()
        .replace(/ \(.*\)$/, '') === first,
  );

describe('docs/plan.md', () => {
  it.each<[string, keyof typeof rates]>([
    ['copy, keep', 'snapshotCopy'],
    ['copy, keep', 'recoveryPointConversion'],
    ['restore', 'tableRestore'],
    ['verify, record', 'verification'],
    ['export', 'dynamodbExport'],
  ])('has the rates with which %s is estimated', (row, kind) => {
    const { fixedSeconds, megaBytesPerSecond } = rates[kind];
    expect(rowOf(row)).toContain(`${megaBytesPerSecond} MB/s`);
    expect(rowOf(row)).toContain(formatDuration(fixedSeconds * 1000));
  });

  it('has every subject that the judges name', () => {
    const judges = ['warehouse', 'source', 'copy', 'table', 'export'].map((name) =>
      readFileSync(path.join(__dirname, '..', '..', 'domain', 'plan', `judge-${name}.ts`), 'utf8'),
    );
    const named = judges.flatMap((text) =>
      [...text.matchAll(/(?:ok|warning|blocking|judged)\(\s*'([^']+)'/g)].map(([, subject]) => subject!),
    );
    expect(new Set(named).size).toBeGreaterThan(8);
    for (const subject of new Set(named))
      expect([subject, rowOf(subject) !== undefined]).toEqual([subject, true]);
  });
});
