import { ApplicationFailure, isCancellation, proxyActivities, sleep } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { failures } from '../domain/failures';
import {
  isLookUpKind,
  type LookUpKind,
  type LookUpRequest,
  type LookUpResult,
  lookUps,
  type ParsedLookUp,
} from '../domain/look-ups';
import { sourceList, type SourceList } from '../domain/look-ups/sources';
import { asOfMs } from '../domain/restore-source';
import { describeProblems, parseInput } from '../domain/validation';
import { failureTypeOf, runFailureOf } from './failure';
import { readAwsAccess } from './aws-access';
import { makePlan } from './make-plan';
import { standingsOf } from './standing';
import { listSources, resolveWarehouse } from './warehouse';

/** Somebody waits at a terminal: a few tries in less than two minutes, then the reason. */
const ask = proxyActivities<Activities>({
  startToCloseTimeout: '20 seconds',
  heartbeatTimeout: '5 seconds',
  retry: { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumAttempts: 4 },
});

type Readers = { [K in LookUpKind]: (input: ParsedLookUp<K>) => Promise<LookUpResult<K>> };

/** The AWS call behind each kind. */
const readers: Readers = {
  exports: (input) => ask.listExports(input),
  export: (input) => ask.describeExport(input),
  awsAccess: (input) => readAwsAccess(input, ask),
  plan: makePlan,
  standing: async ({ leavings }) => ({ standings: await standingsOf(leavings) }),
  sources: readSources,
  databases: ({ dataApi: access, ...input }) => ask.listDatabases({ ...input, access }),
  schemas: ({ dataApi: access, ...input }) => ask.listSchemas({ ...input, access }),
  tables: ({ dataApi: access, ...input }) => ask.listTables({ ...input, access }),
  table: ({ dataApi: access, ...input }) => ask.describeTable({ ...input, access }),
  statements: (input) => ask.listStatements(input),
  statement: (input) => ask.showStatement(input),
  statementResult: (input) => ask.getStatementResult(input),
  cancelStatement: (input) => ask.cancelStatement(input),
};

async function readSources({ warehouse: holder, asOf }: ParsedLookUp<'sources'>): Promise<SourceList> {
  // A namespace has its sources without any workgroup.
  const named =
    'clusterIdentifier' in holder || 'workgroupName' in holder
      ? holder
      : { ...holder, workgroupName: holder.namespaceName };
  const warehouse = await resolveWarehouse(named, ask);
  const { of, sources } = await listSources(warehouse, ask);
  const now = Date.now();
  return sourceList(sources, { of, now, ...(asOf !== undefined && { asOf: asOfMs(asOf, now) }) });
}

/**
 * One look-up: a workflow, because only a worker has the AWS role that sees what is asked for; not a run, so it keeps
 * no record of steps. AWS being busy is waited for a little.
 * @throws InvalidInput, or the row of the failure table behind AWS's answer.
 */
export async function lookUp({ kind, input }: LookUpRequest): Promise<LookUpResult> {
  if (!isLookUpKind(kind)) throw invalid(String(kind), 'there is no look-up of this kind');
  const parsed = parseInput(lookUps[kind].schema, input);
  if (!parsed.ok) throw invalid(kind, describeProblems(parsed.problems));
  const read = readers[kind] as (input: unknown) => Promise<LookUpResult>;
  for (let pauseMs = 1_000; ; pauseMs *= 2) {
    try {
      return await read(parsed.value);
    } catch (error) {
      if (isCancellation(error)) throw error;
      const type = failureTypeOf(error);
      const passing = type !== undefined && failures[type].action === 'wait';
      if (!passing || pauseMs > 4_000) throw told(error);
      await sleep(pauseMs, { summary: `${type}, trying again` });
    }
  }
}

const invalid = (kind: string, why: string) =>
  ApplicationFailure.create({
    type: 'InvalidInput',
    nonRetryable: true,
    message: `look-up refused [kind=${kind}]: ${why}`,
    details: [{ remedy: failures.InvalidInput.remedy }],
  });

function told(error: unknown): ApplicationFailure {
  const { type, message, remedy } = runFailureOf(error);
  return ApplicationFailure.create({ type, message, nonRetryable: true, details: [{ remedy }] });
}
