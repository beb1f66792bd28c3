import { shortSql } from '../sql/short-sql';
import type { OperationInputs, OperationName } from './index';
import type { RunQueryInput } from './run-query';

/**
 * The input as the Temporal UI shows it beside a run: SQL is cut (it may be 100 KB, and the UI's texts may not), and
 * the values of its parameters are left out. The Event History has them whole.
 */
export function shownInput(operation: OperationName, input: OperationInputs[OperationName]): object {
  if (operation !== 'runQuery') return input;
  const { sql, sqls, parameters, ...rest } = input as RunQueryInput;
  const shown = 200;
  return {
    ...rest,
    ...(sql !== undefined && { sql: shortSql(sql, shown) }),
    ...(sqls && {
      sqls: [...sqls.slice(0, 5).map((text) => shortSql(text, shown)), ...(sqls.length > 5 ? ['…'] : [])],
    }),
    ...(parameters && { parameters: parameters.map(({ name }) => name) }),
  };
}
