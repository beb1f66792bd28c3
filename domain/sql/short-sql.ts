/** SQL for titles and lists: on one line, and cut with an ellipsis. Never sent anywhere. */
export function shortSql(sql: string, characters: number): string {
  const line = sql.replace(/\s+/g, ' ').trim();
  const all = Array.from(line);
  return all.length <= characters ? line : `${all.slice(0, characters - 1).join('')}…`;
}
