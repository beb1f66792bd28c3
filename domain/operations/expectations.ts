import { z } from 'zod';
import { readOnlyProblem } from '../sql/read-only';
import { identifierSchema, tableNameSchema, tableReferenceSchema } from '../table-name';
import { instantSchema } from './common';

const rowsSchema = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** L1. What the row count must be: one of four. An xor tells of every one of them what is wrong with it, a union not always. */
export const rowCountExpectationSchema = z.xor([
  z.strictObject({ exactly: rowsSchema.describe('Exactly this many rows') }),
  z.strictObject({ atLeast: rowsSchema.describe('This many rows or more') }),
  z.strictObject({
    about: rowsSchema.describe('This many rows, within the tolerance'),
    tolerancePercent: z.number().min(0).max(100).describe('Tolerance in percent of the expected rows'),
  }),
  z.strictObject({ sameAs: tableReferenceSchema.describe('As many rows as this other table has now') }),
]);

export type RowCountExpectation = z.infer<typeof rowCountExpectationSchema>;

/** A table of Redshift has at most 1,600 columns; external ones a few more. */
const mostColumns = 1_700;

const columnSchema = z.strictObject({
  name: identifierSchema,
  type: z.string().min(1).max(200).describe('As in CREATE TABLE; without a length any length will do'),
  nullable: z.boolean().optional().describe('Whether it may be null; not compared when absent'),
});

/** What of a structure can be left out of the comparison with another table. */
export const structureAspects = ['types', 'nullability', 'order', 'distribution', 'sort key'] as const;

export type StructureAspect = (typeof structureAspects)[number];

const aspectsSchema = z.array(z.enum(structureAspects)).describe('What may differ');

const givenStructureSchema = z.strictObject({
  columns: z.array(columnSchema).min(1, 'must name a column').max(mostColumns),
  distribution: z
    .string()
    .regex(/^(?:even|all|auto|key ?\(.+\))$/i, 'must be EVEN, ALL, AUTO or KEY(<column>)')
    .optional()
    .describe('Distribution style; not compared when absent'),
  sortKey: z
    .array(identifierSchema)
    .optional()
    .describe('Columns of the compound sort key, none for no sort key; not compared when absent'),
  ordered: z.boolean().optional().describe('Whether the columns must be in this order; yes when absent'),
});

/** L2. The structure: as that of another table, or as given. */
export const structureExpectationSchema = z.xor([
  z.strictObject({
    sameAs: tableReferenceSchema.describe('The table whose structure is expected'),
    ignore: aspectsSchema.optional(),
  }),
  givenStructureSchema,
]);

export type StructureExpectation = z.infer<typeof structureExpectationSchema>;
export type GivenStructure = z.infer<typeof givenStructureSchema>;

const contentOptions = {
  columns: z
    .array(identifierSchema)
    .min(1, 'must name a column')
    .max(mostColumns)
    .optional()
    .describe('Columns to compare; all when absent'),
  chunkBy: identifierSchema
    .optional()
    .describe('Column whose values sort the rows into parts; the whole row when absent'),
  chunks: z
    .number()
    .int()
    .min(1)
    .max(100)
    .optional()
    .describe('Parts to hash the rows in; from the row count when absent'),
};

/** L3. The content: as that of another table. */
export const contentExpectationSchema = z.strictObject({
  sameAs: tableReferenceSchema.describe('The table whose content is expected'),
  ...contentOptions,
});

export type ContentExpectation = z.infer<typeof contentExpectationSchema>;

/** L4. One assertion of the user's own; the Data API takes at most 100 KB of SQL. */
export const assertionSchema = z.strictObject({
  name: z.string().min(1).max(120).describe('What it claims, in a few words'),
  sql: z
    .string()
    .min(1)
    .max(90_000)
    .superRefine((sql, context) => {
      const problem = readOnlyProblem(sql);
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
    })
    .describe('One statement that only reads; {table} stands for the table that is proved'),
  expect: z.enum(['true', 'no rows']).describe('What it must give: the single value true, or no rows'),
});

export type Assertion = z.infer<typeof assertionSchema>;

export const assertionsSchema = z
  .array(assertionSchema)
  .min(1, 'must hold an assertion')
  .max(100)
  .superRefine((assertions, context) => {
    const names = assertions.map(({ name }) => name);
    for (const [index, name] of names.entries())
      if (names.indexOf(name) < index)
        context.addIssue({
          code: 'custom',
          path: [index, 'name'],
          message: 'is the name of another one too',
        });
  });

const figureSchema = z.string().max(1_000);

const columnFiguresSchema = z.strictObject({
  column: identifierSchema,
  nulls: figureSchema,
  distinct: figureSchema.optional(),
  min: figureSchema.nullable().optional(),
  max: figureSchema.nullable().optional(),
  sum: figureSchema.nullable().optional(),
});

/** Aggregates of one column, as text: sums and counts go beyond what a number can hold. */
export type ColumnFigures = z.infer<typeof columnFiguresSchema>;

/** What `recordExpectation` found, and `verifyTable` takes as `expectation`. */
export const recordedExpectationSchema = z.strictObject({
  format: z.literal('undrop/expectation/v1'),
  table: tableNameSchema,
  recordedAt: instantSchema,
  moment: z.string().max(200).optional(),
  rowCount: rowsSchema,
  columns: z
    .array(
      z.strictObject({ name: identifierSchema, type: z.string().min(1).max(200), nullable: z.boolean() }),
    )
    .min(1)
    .max(mostColumns),
  distribution: z.string().max(200).optional(),
  sortKey: z.string().max(2_000),
  figures: z.array(columnFiguresSchema).max(mostColumns),
  rowHash: z.strictObject({ columns: z.array(identifierSchema).min(1), hash: figureSchema }).optional(),
});

export type RecordedExpectation = z.infer<typeof recordedExpectationSchema>;

/** What may be expected of a table; every member is a level of its own. */
export const expectations = {
  rowCount: rowCountExpectationSchema.optional().describe('L1: how many rows'),
  structure: structureExpectationSchema.optional().describe('L2: columns, types, distribution, sort key'),
  content: contentExpectationSchema
    .optional()
    .describe('L3: aggregates of each column, and a hash of all rows'),
  assertions: assertionsSchema.optional().describe('L4: SQL of your own that must hold'),
  expectation: recordedExpectationSchema
    .optional()
    .describe('What recordExpectation recorded: its figures, row count and structure'),
};

/** The same for a table that was restored: without `sameAs`, or with `true`, the original is meant. */
export const expectationsOfRestored = {
  ...expectations,
  structure: z
    .union([
      z.literal(true),
      z.strictObject({ sameAs: tableReferenceSchema.optional(), ignore: aspectsSchema.optional() }),
      givenStructureSchema,
    ])
    .optional()
    .describe('L2: columns, types, distribution, sort key; as the original where nothing else is said'),
  content: z
    .union([z.literal(true), z.strictObject({ sameAs: tableReferenceSchema.optional(), ...contentOptions })])
    .optional()
    .describe('L3: aggregates and row hash; as the original where nothing else is said'),
};

const levels = Object.keys(expectations) as (keyof typeof expectations)[];

/** Without an expectation there is nothing to prove. What is no object at all is wrong in another way. */
export function expectsSomething(input: unknown): boolean {
  if (typeof input !== 'object' || input === null) return true;
  return levels.some((level) => (input as Record<string, unknown>)[level] !== undefined);
}

export const nothingExpected = `is missing, and so is every other expectation (${levels.slice(1).join(', ')}): give at least one`;
