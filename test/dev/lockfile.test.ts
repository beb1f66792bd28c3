import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '..', '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

interface LockedPackage {
  integrity?: string;
  optionalDependencies?: Record<string, string>;
  hasInstallScript?: boolean;
}
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, LockedPackage> };
const manifest = JSON.parse(read('package.json')) as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
};

it('locks the packages of every platform, so that `npm ci` accepts it on Linux, macOS and Windows', () => {
  const missing = Object.entries(packages).flatMap(([where, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages[`node_modules/${name}`] && !packages[`${where}/node_modules/${name}`],
    ),
  );
  expect(missing).toEqual([]);
  expect(Object.keys(packages)).toEqual(
    expect.arrayContaining(
      ['linux-x64-gnu', 'darwin-arm64', 'win32-x64-msvc'].map(
        (platform) => `node_modules/@swc/core-${platform}`,
      ),
    ),
  );
});

it('has a hash for every package and the address of none', () => {
  const locked = Object.entries(packages).filter(([where]) => where !== '');
  expect(locked.filter(([, { integrity }]) => !integrity).map(([where]) => where)).toEqual([]);
  expect(read('package-lock.json')).not.toContain('"resolved"');
  expect(read('.npmrc')).toMatch(/^omit-lockfile-registry-resolved=true$/m);
});

it('names every dependency by its exact version', () => {
  const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

it('has decided about every package that wants to run a script when it is installed', () => {
  const wanting = Object.entries(packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([where]) => where.split('node_modules/').at(-1) as string);
  expect(wanting.filter((name) => manifest.allowScripts[name] === undefined)).toEqual([]);
});
