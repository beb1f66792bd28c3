import { isCode, keyword, tokenize } from './lexer';

/**
 * JSON_SERIALIZE(super) is a function on Redshift; for this Postgres it is syntax of its own, which takes no SUPER. Named
 * with its schema it is the shim's function. Everything else passes unchanged.
 */
export function rewriteFunctions(sql: string): string {
  if (!/json_serialize/i.test(sql)) return sql;
  const tokens = tokenize(sql);
  const code = tokens.filter(isCode);
  code.forEach((token, index) => {
    const called = keyword(token) === 'JSON_SERIALIZE' && code[index + 1]?.text === '(';
    if (called && code[index - 1]?.text !== '.') token.text = `rs.${token.text}`;
  });
  return tokens.map((token) => token.text).join('');
}
