# glibc, never Alpine: uWebSockets.js ships binaries for glibc only.
FROM node:22-bookworm-slim AS build
WORKDIR /app
RUN corepack enable
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml tsconfig.json tsconfig.base.json ./
COPY packages packages
COPY apps apps
COPY bench bench
RUN pnpm install --frozen-lockfile && pnpm exec tsc -b apps/api apps/realtime apps/cli
# Without optional dependencies: the embedded PostgreSQL is for development.
RUN rm -rf node_modules packages/*/node_modules apps/*/node_modules bench \
 && pnpm install --frozen-lockfile --prod --no-optional --ignore-scripts

FROM node:22-bookworm-slim
ARG COMMIT=unknown
ENV NODE_ENV=production COMMIT=$COMMIT
WORKDIR /app
COPY --from=build --chown=node:node /app /app
# The one folder it writes to: the journal of the realtime process. Mount a disk here to keep it.
ENV JOURNAL_DIR=/var/lib/bemore/journal
RUN install -d -o node -g node -m 700 $JOURNAL_DIR
USER node
EXPOSE 8000 8001
# Node as PID 1 gets the platform's SIGTERM itself; both processes handle it and reap no children.
# The realtime process runs from the same image: node apps/realtime/dist/src/server.js
# Whichever of the two it runs answers on its own port.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "const up = (port) => fetch(`http://127.0.0.1:${port}/livez`).then((r) => r.ok || Promise.reject()); Promise.any([up(process.env.PORT ?? 8000), up(process.env.REALTIME_PORT ?? 8001)]).then(() => process.exit(0), () => process.exit(1))"]
CMD ["node", "apps/api/dist/src/server.js"]
