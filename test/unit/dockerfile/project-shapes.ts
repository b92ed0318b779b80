/** A project as it is often found: a small Dockerfile of its shape, and what a reader must find in it. */
export interface ProjectShape {
  readonly name: string;
  readonly dockerfile: string;
  readonly files: Readonly<Record<string, string>>;
  /** Each stage: its name and base, as resolved. */
  readonly stages: readonly (readonly [name: string | null, base: string])[];
  /** The images to pull, with the line that names each. */
  readonly pulled: readonly string[];
  /** The lines of the instructions that make a step each, FROM included, in all stages that the last one needs. */
  readonly stepLines: readonly number[];
}

const lines = (...all: string[]): string => `${all.join('\n')}\n`;
const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** Their commands run in busybox, which replaces every base. */
export const projectShapes: readonly ProjectShape[] = [
  {
    name: 'a static site behind a server',
    dockerfile: lines('FROM nginx:alpine', 'COPY site /usr/share/nginx/html'),
    files: { 'site/index.html': 'hello' },
    stages: [[null, 'nginx:alpine']],
    pulled: ['1 nginx:alpine'],
    stepLines: [1, 2]
  },
  {
    name: 'Python with requirements',
    dockerfile: lines(
      'ARG PY=3.12',
      'FROM python:${PY}-slim',
      'WORKDIR /app',
      'COPY req.txt .',
      'RUN echo pip > /deps',
      'COPY . .',
      'CMD ["python"]'
    ),
    files: { 'req.txt': 'flask', 'app.py': 'x' },
    stages: [[null, 'python:3.12-slim']],
    pulled: ['2 python:3.12-slim'],
    stepLines: range(2, 6)
  },
  {
    name: 'Go in two stages, to scratch',
    dockerfile: lines(
      'FROM --platform=$BUILDPLATFORM golang:1.22 AS build',
      'WORKDIR /src',
      'COPY go.mod .',
      'RUN echo app > /out',
      'FROM scratch',
      'COPY --from=build /out /app',
      'ENTRYPOINT ["/app"]'
    ),
    files: { 'go.mod': 'module x' },
    stages: [
      ['build', 'golang:1.22'],
      [null, 'scratch']
    ],
    pulled: ['1 golang:1.22'],
    stepLines: [1, 2, 3, 4, 6]
  },
  {
    name: 'Java with a wrapper and a runtime',
    dockerfile: lines(
      'FROM maven:3 AS Builder',
      'COPY pom.xml /b/',
      'RUN echo jar > /b/app.jar',
      '',
      '# the runtime',
      'FROM eclipse-temurin:21-jre',
      'COPY --from=builder /b/app.jar /app.jar',
      'EXPOSE 8080',
      'CMD ["java", "-jar", "/app.jar"]'
    ),
    files: { 'pom.xml': '<project/>' },
    stages: [
      ['builder', 'maven:3'],
      [null, 'eclipse-temurin:21-jre']
    ],
    pulled: ['1 maven:3', '6 eclipse-temurin:21-jre'],
    stepLines: [1, 2, 3, 6, 7]
  },
  {
    name: '.NET, where stages build on one another',
    dockerfile: lines(
      'FROM dotnet-aspnet:8.0 AS base',
      'WORKDIR /app',
      'FROM dotnet-sdk:8.0 AS build',
      'COPY a.csproj /src/',
      'RUN echo dll > /dll',
      'FROM build AS publish',
      'RUN cp /dll /published',
      'FROM base AS final',
      'COPY --from=publish /published .'
    ),
    files: { 'a.csproj': '<Project/>' },
    stages: [
      ['base', 'dotnet-aspnet:8.0'],
      ['build', 'dotnet-sdk:8.0'],
      ['publish', 'build'],
      ['final', 'base']
    ],
    pulled: ['1 dotnet-aspnet:8.0', '3 dotnet-sdk:8.0'],
    stepLines: [1, 2, 3, 4, 5, 7, 9]
  },
  {
    name: 'PHP with a file of another image',
    dockerfile: lines(
      'FROM php:8-apache',
      'COPY --from=composer:2 /bin/busybox /usr/bin/composer',
      'RUN echo ext \\',
      '    && echo more',
      'COPY . /var/www/html'
    ),
    files: { 'index.php': '<?php' },
    stages: [[null, 'php:8-apache']],
    pulled: ['1 php:8-apache', '2 composer:2'],
    stepLines: [1, 2, 3, 5]
  },
  {
    name: 'Rust with a cache mount',
    dockerfile: lines(
      'FROM rust:1 AS build',
      'RUN --mount=type=cache,target=/cache \\',
      '    echo crate > /cache/x && \\',
      '    # the tool',
      '    cp /cache/x /bin/tool',
      'FROM debian:12-slim',
      'COPY --from=build /bin/tool /tool'
    ),
    files: {},
    stages: [
      ['build', 'rust:1'],
      [null, 'debian:12-slim']
    ],
    pulled: ['1 rust:1', '6 debian:12-slim'],
    stepLines: [1, 2, 6, 7]
  },
  {
    name: 'Node with a stage for development that is not built',
    dockerfile: lines(
      'FROM node:20 AS deps',
      'COPY package.json /app/',
      'RUN echo modules > /app/m',
      'FROM deps AS dev',
      'RUN exit 1',
      'FROM node:20-slim',
      'COPY --from=deps /app /app',
      'USER 1000'
    ),
    files: { 'package.json': '{}' },
    stages: [
      ['deps', 'node:20'],
      ['dev', 'deps'],
      [null, 'node:20-slim']
    ],
    pulled: ['1 node:20', '6 node:20-slim'],
    stepLines: [1, 2, 3, 6, 7]
  },
  {
    name: 'one service of several in a repository',
    dockerfile: lines('FROM node:20', 'COPY services/api /api', 'COPY shared /shared'),
    files: { 'services/api/x': '1', 'shared/y': '2', 'services/web/Dockerfile': 'FROM scratch\n' },
    stages: [[null, 'node:20']],
    pulled: ['1 node:20'],
    stepLines: [1, 2, 3]
  },
  {
    name: 'names that are not Latin',
    dockerfile: lines('FROM busybox', 'COPY проект/日本語.txt /ünï/', 'RUN echo "こんにちは" > /größe'),
    files: { 'проект/日本語.txt': 'x' },
    stages: [[null, 'busybox']],
    pulled: ['1 busybox'],
    stepLines: [1, 2, 3]
  },
  {
    name: 'a Windows text with a byte order mark',
    dockerfile: '\uFEFFFROM busybox\r\nRUN echo a \\\r\n  && echo b\r\nRUN echo c\r\n',
    files: {},
    stages: [[null, 'busybox']],
    pulled: ['1 busybox'],
    stepLines: [1, 2, 4]
  },
  {
    name: 'another escape character',
    dockerfile: lines('# escape=`', 'FROM busybox', 'RUN echo C:\\dir `', '  && echo more', 'RUN echo end'),
    files: {},
    stages: [[null, 'busybox']],
    pulled: ['2 busybox'],
    stepLines: [2, 3, 5]
  },
  {
    name: 'eight stages',
    dockerfile: lines(
      ...range(0, 7).flatMap((at) => [
        at === 0 ? 'FROM busybox AS s0' : `FROM s${at - 1} AS s${at}`,
        `RUN echo ${at} > /f${at}`
      ])
    ),
    files: {},
    stages: range(0, 7).map((at) => [`s${at}`, at === 0 ? 'busybox' : `s${at - 1}`] as const),
    pulled: ['1 busybox'],
    stepLines: [1, ...range(1, 8).map((at) => 2 * at)]
  },
  {
    name: 'a hundred layers',
    dockerfile: lines('FROM busybox', ...range(1, 99).map((at) => `RUN echo ${at} > /f`)),
    files: {},
    stages: [[null, 'busybox']],
    pulled: ['1 busybox'],
    stepLines: range(1, 100)
  }
];
