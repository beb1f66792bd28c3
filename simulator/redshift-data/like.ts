/** A test for an SQL LIKE pattern: `%` any text, `_` any character, `\` takes the next one literally. */
export function like(pattern: string | undefined): (text: string) => boolean {
  if (pattern === undefined) return () => true;
  const source = [...pattern.matchAll(/\\?[\s\S]/gu)]
    .map(([piece]) => {
      if (piece === '%') return '[\\s\\S]*';
      if (piece === '_') return '[\\s\\S]';
      const literal = piece.length > 1 && piece.startsWith('\\') ? piece.slice(1) : piece;
      return literal.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    })
    .join('');
  const expression = new RegExp(`^${source}$`, 'u');
  return (text) => expression.test(text);
}
