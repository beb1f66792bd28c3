import { canonicalType, kindOf, sameType } from '../../../domain/sql/column-kind';

describe('types of columns', () => {
  it.each([
    ['VARCHAR(16)', 'character varying(16)'],
    ['varchar ( 16 )', 'character varying(16)'],
    ['Decimal(12, 2)', 'numeric(12,2)'],
    ['int', 'integer'],
    ['INT8', 'bigint'],
    ['timestamptz', 'timestamp with time zone'],
    ['timestamp(6)  without time zone', 'timestamp without time zone(6)'],
    ['double precision', 'double precision'],
    ['float8', 'double precision'],
    ['bytea', 'binary varying'],
    ['super', 'super'],
    ['geometry', 'geometry'],
  ])('%s is %s', (type, canonical) => {
    expect(canonicalType(type)).toBe(canonical);
  });

  it.each([
    ['varchar(16)', 'character varying(16)', true],
    ['varchar(16)', 'character varying(17)', false],
    ['varchar', 'character varying(17)', true],
    ['numeric', 'numeric(12,2)', true],
    ['numeric(12,2)', 'numeric', false],
    ['int', 'bigint', false],
  ])('where %s is expected %s will do: %s', (expected, actual, same) => {
    expect(sameType(expected, actual)).toBe(same);
  });

  it.each([
    ['character varying(16)', 'text'],
    ['numeric(12,2)', 'decimal'],
    ['smallint', 'integer'],
    ['real', 'float'],
    ['timestamp with time zone', 'zoned moment'],
    ['interval day to second', 'interval'],
    ['binary varying(64)', 'bytes'],
    ['geometry', 'opaque'],
    ['hllsketch', 'opaque'],
    ['something new', 'opaque'],
  ])('%s is handled as %s', (type, kind) => {
    expect(kindOf(type)).toBe(kind);
  });
});
