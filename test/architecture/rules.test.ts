import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root, sourceFiles } from './source-files';

const files = sourceFiles();
/** Without comments: they may talk of anything. */
const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '$1');

const matches = (pattern: RegExp, among: (file: (typeof files)[number]) => boolean) =>
  files.filter((file) => among(file) && pattern.test(code(file.text))).map((file) => file.path);

describe('rules of the house', () => {
  it('reads process.env in main files only', () => {
    const product = ['activities', 'client', 'config', 'domain', 'worker', 'workflows', 'simulator'];
    const entry = /(^|\/)main\.ts$|^simulator\/sql\/engine\.ts$|^client\/cli\//;
    expect(matches(/process\.env/, (file) => product.includes(file.room) && !entry.test(file.path))).toEqual(
      [],
    );
  });

  it('knows no clock, no chance and no platform in the domain', () => {
    expect(
      matches(/Date\.now\(|new Date\(\)|Math\.random|process\.|Buffer\./, (file) => file.room === 'domain'),
    ).toEqual([]);
  });

  it('builds SQL in domain/sql alone', () => {
    const sql =
      /`\s*(select|insert\s+into|delete\s+from|update|alter\s+table|drop\s+table|create\s+table)\b[^`]*\$\{/i;
    const product = ['activities', 'client', 'config', 'workflows', 'worker', 'domain'];
    expect(
      matches(sql, (file) => product.includes(file.room) && !file.path.startsWith('domain/sql/')),
    ).toEqual([]);
  });

  it('keeps files small', () => {
    // The failure table is one row a failure; it grows with the failures, not with logic.
    const long = files
      .filter((file) => file.path !== 'domain/failures.ts' && file.text.split('\n').length > 300)
      .map((file) => file.path);
    expect(long).toEqual([]);
  });

  it('keeps the AWS SDK and other weight out of the workflow bundle', () => {
    const bundle = readFileSync(path.join(root, 'dist', 'workflow-bundle.js'), 'utf8');
    // The inline source map is two thirds of the file, and weighs nothing at run time.
    const code = bundle.slice(0, bundle.lastIndexOf('//# sourceMappingURL'));
    expect(code.length).toBeGreaterThan(500_000);
    expect(code.length / 1e6).toBeLessThan(1.9);
    expect(code).not.toContain('node_modules/@aws-sdk/');
  });
});
