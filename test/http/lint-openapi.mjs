// Prints what the linter of Redocly finds wrong with an OpenAPI document, as JSON. A process of its own: the linter is
// made of ES modules, which jest does not load.
import { createConfig, lint } from '@redocly/openapi-core';

const config = await createConfig({
  extends: ['recommended'],
  rules: {
    'no-invalid-media-type-examples': 'error',
    'no-invalid-schema-examples': 'error',
    'no-invalid-parameter-examples': 'error',
    'no-unused-components': 'error',
    'operation-operationId-url-safe': 'error',
    // Where it is served is not known here.
    'no-empty-servers': 'off',
  },
});
const problems = await lint({ ref: process.argv[2], config });
process.stdout.write(
  JSON.stringify(
    problems.map(({ ruleId, severity, message, location }) => ({
      rule: ruleId,
      severity,
      message,
      at: location[0]?.pointer,
    })),
  ),
);
