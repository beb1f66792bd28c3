import type { TableName } from '../table-name';
import { quoteTable } from './identifiers';
import type { SqlStatement } from './row-count';

/**
 * Whether a person's SQL is one statement that only reads, as far as its text can say. This catches mistakes; the control
 * is the database user, which should have no right to write (docs/verify.md). Literals are read as Redshift reads them:
 * a backslash escapes.
 * @returns what is wrong with it, in words, or undefined.
 */
export function readOnlyProblem(sql: string): string | undefined {
  const words = codeOf(sql);
  if (words === undefined) return 'has a quote or a comment that is not closed';
  while (words.at(-1) === ';') words.pop();
  if (words.length === 0) return 'holds no statement';
  if (words.includes(';')) return 'must be one statement';
  const first = words.find((word) => word !== '(');
  if (first !== 'select' && first !== 'with') return 'must only read: it has to begin with SELECT or WITH';
  if (words.includes('into')) return 'must only read: INTO writes';
  const verb = words.find((word, index) => writing.has(word) && ['(', ')'].includes(words[index - 1]!));
  return verb === undefined ? undefined : `must only read: ${verb.toUpperCase()} writes`;
}

/** Verbs that can follow a WITH clause or open a part of one. */
const writing = new Set(['insert', 'update', 'delete', 'merge', 'create']);

/** Put in place of the table's name in an assertion. */
const placeholder = /\{table\}/g;

/** The statement with `{table}` replaced by the quoted name of the table that is proved. */
export function assertionStatement(sql: string, table: TableName): SqlStatement {
  const quoted = quoteTable(table);
  return { text: sql.replace(placeholder, () => quoted), parameters: [] };
}

const quoted = /'(?:[^'\\]|\\[^]|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[^]*?\$\1\$/y;
const comment = /--[^\n]*/y;
const word = /[\p{L}_][\p{L}\p{N}_$]*/uy;

/** Words (lower case) and signs outside of literals, quoted names and comments; undefined when one of these has no end. */
function codeOf(sql: string): string[] | undefined {
  const code: string[] = [];
  for (let at = 0; at < sql.length;) {
    const match = (pattern: RegExp) => {
      pattern.lastIndex = at;
      return pattern.exec(sql)?.[0];
    };
    const skipped = match(comment) ?? match(quoted);
    if (skipped !== undefined) {
      at += skipped.length;
      continue;
    }
    if (sql.startsWith('/*', at)) {
      const end = endOfComment(sql, at);
      if (end === undefined) return undefined;
      at = end;
      continue;
    }
    const found = match(word);
    const sign = sql[at]!;
    if (found === undefined && (sign === "'" || sign === '"')) return undefined;
    if (found !== undefined) code.push(found.toLowerCase());
    else if (!/\s/.test(sign)) code.push(sign);
    at += found?.length ?? 1;
  }
  return code;
}

/** Block comments nest. */
function endOfComment(sql: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < sql.length - 1; at += 1) {
    const two = sql.slice(at, at + 2);
    if (two !== '/*' && two !== '*/') continue;
    depth += two === '/*' ? 1 : -1;
    at += 1;
    if (depth === 0) return at + 1;
  }
  return undefined;
}
