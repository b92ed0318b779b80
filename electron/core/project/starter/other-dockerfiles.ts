/** Static pages served by a small web server. */
export function staticDockerfile(): string {
  return [
    '# Base image: nginx running as a non-root user, with a pinned tag.',
    'FROM nginxinc/nginx-unprivileged:1.29-alpine',
    '',
    '# Copy the pages, except what .dockerignore excludes.',
    'COPY . /usr/share/nginx/html',
    '',
    '# nginx listens on this port and starts by default.',
    'EXPOSE 8080',
    ''
  ].join('\n');
}

/** A starting point for a project in an unrecognized language; it builds without changes. */
export function plainDockerfile(): string {
  return [
    '# Base image: a small Debian. Official images exist for most languages,',
    '# such as golang, rust, ruby, php or eclipse-temurin (Java).',
    'FROM debian:12-slim',
    '',
    '# System packages. Remove the apt lists in the same RUN, or they stay in the layer.',
    '# RUN apt-get update \\',
    '#  && apt-get install -y --no-install-recommends curl \\',
    '#  && rm -rf /var/lib/apt/lists/*',
    '',
    '# Working directory',
    'WORKDIR /app',
    '',
    '# Copy the project, except what .dockerignore excludes.',
    'COPY . .',
    '',
    '# Run as a non-root user.',
    'RUN useradd --create-home --uid 10001 app',
    'USER app',
    '',
    '# Command to run at startup. Replace it with the command that starts your program.',
    'CMD ["ls", "-l", "/app"]',
    ''
  ].join('\n');
}
