import * as fc from '../support/made-up';
import { z } from 'zod';
import { operationNames, operations } from '../../domain/operations';
import { describeProblems, parseInput } from '../../domain/validation';

const schema = z.strictObject({
  name: z.string().min(2),
  count: z.number().int().max(9).optional(),
  nested: z.strictObject({ flag: z.boolean(), kind: z.enum(['A', 'B']) }).optional(),
  shape: z
    .union([
      z.strictObject({ circle: z.number().min(1) }),
      z.strictObject({ width: z.number().min(1), height: z.number().min(1) }),
    ])
    .optional(),
  labels: z.record(z.string(), z.string()).optional(),
  copy: z.union([z.literal(false), z.strictObject({ to: z.string() })]).optional(),
});

const problemsOf = (input: unknown) => {
  const parsed = parseInput(schema, input);
  return parsed.ok ? {} : Object.fromEntries(parsed.problems.map(({ field, problem }) => [field, problem]));
};

describe('parseInput', () => {
  it('gives back the value of a valid input', () => {
    expect(parseInput(schema, { name: 'ok' })).toEqual({ ok: true, value: { name: 'ok' } });
  });

  it('reports all problems at once, each with the path of its field', () => {
    expect(problemsOf({ count: 10, nested: { flag: 'yes', kind: 'C' }, extra: 1 })).toEqual({
      name: 'is missing',
      count: 'must be at most 9',
      'nested.flag': 'must be true or false, not text',
      'nested.kind': 'must be A or B',
      extra: 'is not a field of this input',
    });
  });

  it.each([
    [{ name: 'a' }, 'name', 'must have at least 2 characters'],
    [{ name: 3 }, 'name', 'must be text, not a number'],
    [{ name: null }, 'name', 'must be text, not null'],
    [{ name: 'ok', count: 1.5 }, 'count', 'must be a whole number'],
    [{ name: 'ok', count: '5' }, 'count', 'must be a number, not text'],
    [{ name: 'ok', labels: 3 }, 'labels', 'must be an object, not a number'],
    [{ name: 'ok', nested: [] }, 'nested', 'must be an object, not a list'],
    [
      { name: 'ok', nested: { flag: true, kind: 'A', king: 1 } },
      'nested.king',
      'is not a field of this input',
    ],
  ])('says in plain words what is wrong with %j', (input, field, problem) => {
    expect(problemsOf(input)).toEqual({ [field]: problem });
  });

  it.each([
    [null, 'must be an object, not null'],
    ['text', 'must be an object, not text'],
    [42, 'must be an object, not a number'],
    [[], 'must be an object, not a list'],
    [undefined, 'is missing'],
  ])('reports %j as a problem of the whole input', (input, problem) => {
    expect(problemsOf(input)).toEqual({ '(input)': problem });
  });
});

describe('parseInput, where a field may have one of several shapes', () => {
  it.each([
    [
      'wrong values in the shape that was meant',
      { width: 0, height: 0 },
      { 'shape.width': 'must be at least 1', 'shape.height': 'must be at least 1' },
    ],
    ['what is missing in it', { width: 5 }, { 'shape.height': 'is missing' }],
    [
      'a field that does not belong to it',
      { circle: 5, colour: 'red' },
      { 'shape.colour': 'is not a field of this input' },
    ],
    [
      'fields of two shapes as what excludes each other',
      { circle: 5, width: 5, height: 5 },
      { 'shape.circle': 'must not be given together with width, height' },
    ],
    ['which shapes there are, when it has none of them', {}, { shape: 'needs circle, or width and height' }],
    ['what kind of thing it must be', 'round', { shape: 'must be an object' }],
  ])('reports %s', (_name, shape, problems) => {
    expect(problemsOf({ name: 'ok', shape })).toEqual(problems);
  });

  it('names every kind that is allowed', () => {
    expect(problemsOf({ name: 'ok', copy: 'yes' })).toEqual({ copy: 'must be false or an object' });
    expect(problemsOf({ name: 'ok', copy: { too: 'x' } })).toEqual({
      'copy.to': 'is missing',
      'copy.too': 'is not a field of this input',
    });
  });

  it('calls it missing when it is needed and absent', () => {
    const parsed = parseInput(z.strictObject({ shape: schema.shape.shape.unwrap() }), {});
    expect(parsed).toEqual({ ok: false, problems: [{ field: 'shape', problem: 'is missing' }] });
  });
});

describe('parseInput, for any operation and any input', () => {
  it('throws for nothing, and every problem has a field and words', () => {
    fc.assert(
      fc.property(fc.constantFrom(...operationNames), fc.anything(), (operation, input) => {
        const parsed = parseInput(operations[operation].schema, input);
        if (parsed.ok) throw new Error('nothing random is an input');
        for (const { field, problem } of parsed.problems) {
          expect(field).not.toBe('');
          expect(problem).toMatch(/^(must|is|needs) /);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('describeProblems', () => {
  it('puts them on one line', () => {
    expect(
      describeProblems([
        { field: 'a.b', problem: 'is missing' },
        { field: 'c', problem: 'must be a number' },
      ]),
    ).toBe('a.b: is missing; c: must be a number');
  });
});
