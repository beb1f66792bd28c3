import { readFileSync } from 'node:fs';
import path from 'node:path';
import { version } from '../../domain/version';

it('the version is that of the package', () => {
  const file = path.resolve(__dirname, '..', '..', 'package.json');
  expect(version).toBe((JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version);
});
