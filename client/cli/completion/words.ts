/**
 * The words of a command line up to the cursor, as a shell would split it: quotes and backslashes are undone, nothing is
 * expanded or run. The last word is the one under the cursor, empty after a space.
 */
export function wordsOf(line: string): string[] {
  const words: string[] = [];
  let word = '';
  let quote = '';
  let begun = false;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at]!;
    if (quote !== '') {
      if (character === quote) quote = '';
      else if (character === '\\' && quote === '"' && at + 1 < line.length) word += line[(at += 1)];
      else word += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      begun = true;
    } else if (character === '\\' && at + 1 < line.length) {
      word += line[(at += 1)];
      begun = true;
    } else if (/\s/.test(character)) {
      if (begun) words.push(word);
      [word, begun] = ['', false];
    } else {
      word += character;
      begun = true;
    }
  }
  return [...words, word];
}
