import type { SqlParameter } from '@aws-sdk/client-redshift-data';
import type { World } from '../core/world';
import { parameterNames } from '../sql';
import { constraint, invalid } from './errors';

/** Members that say where a call goes and as whom. */
export interface TargetInput {
  ClusterIdentifier?: string | undefined;
  WorkgroupName?: string | undefined;
  Database?: string | undefined;
  ConnectedDatabase?: string | undefined;
  SecretArn?: string | undefined;
  DbUser?: string | undefined;
}

/** Where a call goes, and what the answers say of it. */
export interface Target {
  warehouseName: string;
  database: string;
  shown: { ClusterIdentifier?: string; WorkgroupName?: string; SecretArn?: string; DbUser?: string };
}

/** The database user of temporary credentials for the caller's own identity. */
const identityUser = 'IAMR:undrop';

/** @throws ValidationException for a target or authorization that AWS does not take. */
export function resolveTarget(world: World, input: TargetInput): Target {
  const { ClusterIdentifier, WorkgroupName, Database, SecretArn, DbUser } = input;
  if (ClusterIdentifier !== undefined && WorkgroupName !== undefined) {
    throw invalid('Only one of ClusterIdentifier and WorkgroupName can be specified.');
  }
  if (ClusterIdentifier === undefined && WorkgroupName === undefined) {
    throw invalid('Either ClusterIdentifier or WorkgroupName must be specified.');
  }
  if (SecretArn !== undefined && DbUser !== undefined) {
    throw invalid('Only one of SecretArn and DbUser can be specified.');
  }
  const database = input.ConnectedDatabase ?? Database;
  if (!database) throw invalid('Database must be specified.');
  const { warehouseName, paused } = world.resolveDataTarget({ ClusterIdentifier, WorkgroupName });
  if (paused) {
    throw invalid(`Redshift cluster ${ClusterIdentifier} is paused. Resume the cluster and try again.`);
  }
  return {
    warehouseName,
    database,
    shown: {
      ...(ClusterIdentifier === undefined ? {} : { ClusterIdentifier }),
      ...(WorkgroupName === undefined ? {} : { WorkgroupName }),
      ...(SecretArn === undefined ? { DbUser: DbUser ?? identityUser } : { SecretArn }),
    },
  };
}

const idPattern = /^[a-z0-9]{8}(-[a-z0-9]{4}){3}-[a-z0-9]{12}(:\d+)?$/;

export function checkId(id: string): void {
  if (!idPattern.test(id)) {
    throw constraint('id', id, `satisfy regular expression pattern: ${idPattern.source}`);
  }
}

/** `WaitTimeSeconds`: absent, or 1–30. */
export function checkWait(seconds: number | undefined): void {
  if (seconds === undefined) return;
  if (seconds < 1) throw constraint('waitTimeSeconds', seconds, 'have value greater than or equal to 1');
  if (seconds > 30) throw constraint('waitTimeSeconds', seconds, 'have value less than or equal to 30');
}

function checkLength(member: string, value: string | undefined, most: number, least = 0): void {
  if (value === undefined) return;
  if (value.length < least) throw constraint(member, value, `have length greater than or equal to ${least}`);
  if (value.length > most) throw constraint(member, value, `have length less than or equal to ${most}`);
}

/** What ExecuteStatement and BatchExecuteStatement share. */
export interface SubmitInput extends TargetInput {
  ClientToken?: string | undefined;
  StatementName?: string | undefined;
  Parameters?: SqlParameter[] | undefined;
  WaitTimeSeconds?: number | undefined;
  SessionKeepAliveSeconds?: number | undefined;
  SessionId?: string | undefined;
}

const largestSqlBytes = 100 * 1024;
const mostBatchStatements = 40;

export function checkSubmit(input: SubmitInput, sqls: string[]): void {
  checkLength('clientToken', input.ClientToken, 64, 1);
  checkLength('statementName', input.StatementName, 2048);
  checkWait(input.WaitTimeSeconds);
  if (input.SessionId !== undefined || input.SessionKeepAliveSeconds !== undefined) {
    throw invalid('Sessions are not simulated: SessionId and SessionKeepAliveSeconds cannot be used.');
  }
  if (sqls.length < 1) throw constraint('sqls', '[]', 'have length greater than or equal to 1');
  if (sqls.length > mostBatchStatements) {
    throw constraint('sqls', '[…]', `have length less than or equal to ${mostBatchStatements}`);
  }
  for (const sql of sqls) checkSql(sql);
  checkParameters(input.Parameters, sqls);
}

function checkSql(sql: string): void {
  if (sql.trim() === '') throw invalid('SQL statement cannot be empty.');
  const bytes = Buffer.byteLength(sql);
  if (bytes > largestSqlBytes) {
    throw invalid(`SQL statement is too long: ${bytes} bytes, at most ${largestSqlBytes} are allowed.`);
  }
}

function checkParameters(parameters: SqlParameter[] | undefined, sqls: string[]): void {
  if (parameters === undefined) return;
  if (parameters.length === 0) {
    throw constraint('parameters', '[]', 'have length greater than or equal to 1');
  }
  for (const { value } of parameters) checkLength('parameters.value', value, Infinity, 1);
  const used = new Set(sqls.flatMap(parameterNames));
  const unused = parameters.map(({ name }) => String(name)).filter((name) => !used.has(name));
  if (unused.length > 0) {
    throw invalid(`Parameters list contains unused parameters. Unused parameters: [${unused.join(', ')}]`);
  }
}
