/** Text that Markdown takes for text: on one line, and nothing in it opens code, emphasis, links, cells or HTML. */
export const plain = (text: string) =>
  text.replace(/[`*_~<>&|[\]\\#]/g, (character) => `\\${character}`).replace(/\s+/g, ' ');

/** A code span that ends where it should: its fence is longer than any run of backticks inside. */
export function code(text: string): string {
  const longest = longestRun(text);
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  return `${fence}${space}${text.replace(/\s+/g, ' ')}${space}${fence}`;
}

/** A code block that ends where it should. */
export function codeBlock(text: string, language = ''): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

const longestRun = (text: string) => Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
