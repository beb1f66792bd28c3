import { estimate, estimateOfStep, rates } from '../../../domain/plan/estimate';

describe('estimates', () => {
  it('say from what they are computed', () => {
    expect(estimate('tableRestore', 6000)).toEqual({
      estimateSeconds: 240,
      basis: '6,000 MB at 50 MB/s, and 2 min',
    });
    expect(estimate('tableRestore', 0.4)).toEqual({
      estimateSeconds: 120,
      basis: 'less than 1 MB at 50 MB/s, and 2 min',
    });
  });

  it('are the fixed part where the size is not known, and say so', () => {
    expect(estimate('dynamodbExport', undefined)).toEqual({
      estimateSeconds: 600,
      basis: '10 min or more: the size is not known',
    });
  });

  it('take the size that the step works on', () => {
    const sizes = { source: 1000, table: 100, dynamodb: 10 };
    const of = (name: string) => estimateOfStep(name, sizes);
    expect(of('copy')).toEqual(estimate('snapshotCopy', 1000));
    expect(of('keep')).toEqual(estimate('recoveryPointConversion', 1000));
    expect(of('restore')).toEqual(estimate('tableRestore', 100));
    expect(of('verify')).toEqual(estimate('verification', 100));
    expect(of('record')).toEqual(estimate('verification', 100));
    expect(of('export')).toEqual(estimate('dynamodbExport', 10));
    expect(of('choose')).toBeUndefined();
  });

  it('rest on rates above zero', () => {
    for (const { fixedSeconds, megaBytesPerSecond } of Object.values(rates)) {
      expect(fixedSeconds).toBeGreaterThan(0);
      expect(megaBytesPerSecond).toBeGreaterThan(0);
    }
  });
});
