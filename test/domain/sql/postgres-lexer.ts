import { spawn } from 'node:child_process';
import path from 'node:path';

/** Runs in a child process: PGlite kills a plain Jest process. Answers with the column names of each statement. */
const script = `
import { PGlite } from '@electric-sql/pglite';
let input = '';
process.stdin.setEncoding('utf8');
for await (const chunk of process.stdin) input += chunk;
const database = await PGlite.create();
const answers = [];
for (const statement of JSON.parse(input)) {
  try {
    const { fields, rows } = await database.query(statement, [], { rowMode: 'array' });
    answers.push({ names: fields.map(({ name }) => name), rows: rows.length });
  } catch (error) {
    answers.push({ error: error.message });
  }
}
await database.close();
process.stdout.write(JSON.stringify(answers), () => process.exit(0));
`;

export type Answer = { names: string[]; rows: number } | { error: string };

/** What a real PostgreSQL makes of each statement: the names of the result's columns, or its error. */
export async function askPostgres(statements: readonly string[]): Promise<Answer[]> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: path.resolve(__dirname, '..', '..', '..'),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(statements));
  let output = '';
  // Else a character that two chunks share would come out broken.
  child.stdout.setEncoding('utf8');
  for await (const chunk of child.stdout) output += String(chunk);
  return JSON.parse(output) as Answer[];
}
