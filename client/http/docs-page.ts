import type { FastifySwaggerUiOptions } from '@fastify/swagger-ui';

/**
 * The page at /docs: everything it needs comes from here, nothing from the internet. The policy is our own, because the
 * plugin's asks browsers to fetch by https what a plain http address serves, and then the page stays empty.
 */
export const docsPage: FastifySwaggerUiOptions = {
  routePrefix: '/docs',
  theme: { title: 'Undrop HTTP API' },
  uiConfig: {
    layout: 'BaseLayout',
    docExpansion: 'list',
    tryItOutEnabled: true,
    displayRequestDuration: true,
    defaultModelsExpandDepth: 0,
  },
  staticCSP: {
    'default-src': "'self'",
    'script-src': "'self'",
    // Swagger UI sets style attributes.
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'", 'data:'],
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  },
};
