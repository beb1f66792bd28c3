/**
 * Splits SQL into tokens as far as the rewriter and the parameter binder need: what is code and what is literal,
 * comment or quoted name. Redshift reads a backslash inside '…' as an escape (it comes from Postgres 8.0); the engine
 * runs with standard_conforming_strings off for the same reason.
 */
export interface Token {
  kind: 'space' | 'comment' | 'string' | 'dollar' | 'quoted' | 'word' | 'number' | 'parameter' | 'symbol';
  text: string;
}

const patterns: [Token['kind'], RegExp][] = [
  ['space', /\s+/y],
  ['comment', /--[^\n]*/y],
  ['string', /'(?:[^'\\]|''|\\[\s\S])*'?/y],
  ['quoted', /"(?:[^"]|"")*"?/y],
  ['dollar', /\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[\s\S]*?(?:\$\1\$|$)/y],
  ['symbol', /::|:=/y],
  ['parameter', /:[A-Za-z_]\w*/y],
  ['word', /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y],
  ['number', /\d+(?:\.\d+)?/y],
  ['symbol', /[\s\S]/y],
];

/** Postgres nests block comments. */
function blockComment(sql: string, start: number): string | undefined {
  if (!sql.startsWith('/*', start)) return undefined;
  let depth = 0;
  for (let i = start; i < sql.length; i += 1) {
    if (sql.startsWith('/*', i)) {
      depth += 1;
      i += 1;
    } else if (sql.startsWith('*/', i)) {
      depth -= 1;
      i += 1;
      if (depth === 0) return sql.slice(start, i + 1);
    }
  }
  return sql.slice(start);
}

function nextToken(sql: string, start: number): Token {
  const comment = blockComment(sql, start);
  if (comment !== undefined) return { kind: 'comment', text: comment };
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = start;
    const match = pattern.exec(sql);
    if (match) return { kind, text: match[0] };
  }
  return { kind: 'symbol', text: sql.charAt(start) };
}

/** The tokens of `sql`; their texts joined are `sql` again. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < sql.length;) {
    const token = nextToken(sql, at);
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

/** True for tokens that mean something to the parser. */
export function isCode(token: Token): boolean {
  return token.kind !== 'space' && token.kind !== 'comment';
}

/** A word's text in upper case; empty for every other token. */
export function keyword(token: Token | undefined): string {
  return token?.kind === 'word' ? token.text.toUpperCase() : '';
}

/** A name as Redshift stores it: folded to lower case unless quoted. */
export function foldedName(token: Token): string {
  return token.kind === 'quoted' ? token.text.slice(1, -1).replaceAll('""', '"') : token.text.toLowerCase();
}
