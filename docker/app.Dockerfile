# One image for every process of Taoyuan; the command, or APP at build time, says which one runs.
#   docker build -f docker/app.Dockerfile -t taoyuan .

FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY .swcrc ./
COPY apps apps
COPY libs libs
COPY scripts scripts
RUN npm run build
# The sandbox checks requests against the SDK's own types; the compiler that reads them stays in this stage.
RUN node dist/apps/stripe-sandbox/src/contract/generate.js
RUN npm prune --omit=dev

FROM node:20-bookworm-slim
ARG APP=storefront
ENV APP=$APP NODE_ENV=production HOST=0.0.0.0
WORKDIR /app
# The one folder a process may write to: the sandbox's memory, and files that people hand in.
RUN mkdir .data && chown node:node .data
COPY --from=build --chown=node:node /app/.data .data
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
COPY docker/health.mjs docker/health.mjs
# Migrations, schemas, pages and data are read where they are written.
COPY apps apps
COPY libs libs
COPY data data
USER node
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["sh", "-c", "exec node docker/health.mjs \"$APP\""]
CMD ["sh", "-c", "exec node --enable-source-maps \"dist/apps/$APP/src/main.js\""]
