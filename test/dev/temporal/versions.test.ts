import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildFolder } from '../../../dev/temporal/go-build';
import {
  cliVersion,
  isAtLeast,
  minimumGoVersion,
  minimumServerVersion,
  parseCliVersion,
} from '../../../dev/temporal/versions';

describe('isAtLeast', () => {
  it.each([
    ['1.32.0', '1.32.0', true],
    ['1.32.1', '1.32.0', true],
    ['1.100.0', '1.32.0', true],
    ['2.0', '1.32.0', true],
    ['1.31.9', '1.32.0', false],
    ['1.32', '1.32.1', false],
    ['1.26.8-rc.1', '1.26.8', true],
    ['', '1.0.0', false],
    ['devel', '1.0.0', false],
  ])('%s is at least %s: %s', (version, minimum, expected) => {
    expect(isAtLeast(version, minimum)).toBe(expected);
  });
});

describe('parseCliVersion', () => {
  it.each([
    ['temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)\n', { cli: '1.9.1', server: '1.32.0' }],
    ['temporal version 0.0.0-DEV (Server 1.32.0, UI 2.54.1)', { cli: '0.0.0-DEV', server: '1.32.0' }],
    ['temporal version 1.1.0 (Server 1.25.0)', { cli: '1.1.0', server: '1.25.0' }],
    ['temporal 3.1', undefined],
    ['', undefined],
  ])('reads %j', (output, expected) => {
    expect(parseCliVersion(output)).toEqual(expected);
  });
});

describe('cli-build/go.mod', () => {
  const goMod = readFileSync(path.join(buildFolder(), 'go.mod'), 'utf8');

  it('builds the version that is downloaded elsewhere', () => {
    expect(goMod).toMatch(new RegExp(`^\\tgithub.com/temporalio/cli v${cliVersion}\\b`, 'm'));
  });

  it('carries a server that is new enough for us', () => {
    const server = /^\tgo\.temporal\.io\/server v(\S+)/m.exec(goMod)?.[1] ?? '';
    expect(isAtLeast(server, minimumServerVersion)).toBe(true);
  });

  it('asks for the Go that the error message names', () => {
    expect(goMod).toMatch(new RegExp(`^go ${minimumGoVersion}$`, 'm'));
  });

  it('leaves the choice of the Go toolchain to the user', () => {
    expect(goMod).not.toMatch(/^toolchain /m);
  });
});
