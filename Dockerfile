# The Undrop worker, and with another command the HTTP API (dist/client/http/main.js). Debian with glibc: the Temporal SDK's native core does not run on musl (Alpine).
FROM node:22-bookworm-slim AS build
WORKDIR /app
# The dependencies first: they change less often than the sources. Their install scripts are not needed, and `prepare`
# would build before the sources are here.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
# Compiles, and bundles the workflows, so that a worker starts in half the time and needs no bundler.
RUN npm run build && rm -rf dist/bench dist/dev dist/simulator
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:22-bookworm-slim
# The root certificates are for Temporal servers with TLS: the SDK's core reads the system's, which slim images lack.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/*
# Prometheus scrapes from outside the container; nothing is published that nobody publishes.
ENV NODE_ENV=production \
  UNDROP_HEALTH_PORT=8081 \
  UNDROP_METRICS_ADDRESS=0.0.0.0:9464
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
USER node
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.UNDROP_HEALTH_PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/worker/main.js"]
