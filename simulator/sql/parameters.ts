import { tokenize } from './lexer';

/** The names of the `:name` parameters in `sql`, outside literals, comments, dollar quotes and `::` casts. */
export function parameterNames(sql: string): string[] {
  const names = tokenize(sql)
    .filter((token) => token.kind === 'parameter')
    .map((token) => token.text.slice(1));
  return [...new Set(names)];
}

/**
 * Data API parameters as Postgres' own: each occurrence of a given `:name` becomes its own `$n`, so that Postgres can
 * choose a type for each place. A `:name` without a value stays, and is the syntax error it is on Redshift.
 */
export function bindParameters(
  sql: string,
  parameters: { name: string; value: string }[] = [],
): { sql: string; values: string[] } {
  const valueOf = new Map(parameters.map(({ name, value }) => [name, value]));
  if (valueOf.size === 0) return { sql, values: [] };
  const values: string[] = [];
  const text = tokenize(sql).map((token) => {
    const value = token.kind === 'parameter' ? valueOf.get(token.text.slice(1)) : undefined;
    if (value === undefined) return token.text;
    values.push(value);
    return `$${values.length}`;
  });
  return { sql: text.join(''), values };
}
