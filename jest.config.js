const transform = {
  '^.+\\.ts$': [
    '@swc/jest',
    { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
  ],
};

const common = {
  testEnvironment: 'node',
  transform: { ...transform, '/node_modules/jose/.+\\.js$': transform['^.+\\.ts$'] },
  // jose has ES modules only, which jest cannot load as they are.
  transformIgnorePatterns: ['/node_modules/(?!jose/)'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  rootDir: __dirname,
};

/** @type {import('jest').Config} */
module.exports = {
  // A slow machine takes five times as long as a quick one: this is for what hangs.
  testTimeout: 300_000,
  maxWorkers: 2,
  // The AWS SDK and Temporal's, loaded anew for each file, are never given back: 2 GB and long pauses after fifty files.
  workerIdleMemoryLimit: '1GB',
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/test/{architecture,bench,compose,config,conformance,dev,docs,domain,simulator,activities,worker}/**/*.test.ts',
      ],
    },
    {
      ...common,
      displayName: 'server',
      testMatch: ['<rootDir>/test/{client,e2e,http,replay,ui}/**/*.test.ts'],
      globalSetup: '<rootDir>/test/support/temporal-global-setup.ts',
      globalTeardown: '<rootDir>/test/support/temporal-global-teardown.ts',
    },
  ],
};
