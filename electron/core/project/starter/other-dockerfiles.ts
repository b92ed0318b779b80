/** Plain pages behind a small web server. */
export function staticDockerfile(): string {
  return [
    '# A small web server that runs as an ordinary user, not as root. The tag is pinned.',
    'FROM nginxinc/nginx-unprivileged:1.29-alpine',
    '',
    '# The pages. What .dockerignore names stays out.',
    'COPY . /usr/share/nginx/html',
    '',
    '# The port that this web server listens on; it starts by itself.',
    'EXPOSE 8080',
    ''
  ].join('\n');
}

/** A beginning for a project whose language is not recognised: it builds as it is. */
export function plainDockerfile(): string {
  return [
    '# The image that yours begins with: here a small Linux. There are others with a language in them,',
    '# such as golang, rust, ruby, php or eclipse-temurin (Java).',
    'FROM debian:12-slim',
    '',
    '# Programs from the Linux distribution go here. The lists that apt-get loads are removed in the same step,',
    '# since what a later step removes still weighs in the layer before it.',
    '# RUN apt-get update \\',
    '#  && apt-get install -y --no-install-recommends curl \\',
    '#  && rm -rf /var/lib/apt/lists/*',
    '',
    '# Everything below happens in this folder of the image.',
    'WORKDIR /app',
    '',
    '# The project itself. What .dockerignore names stays out.',
    'COPY . .',
    '',
    '# The application runs as a user of its own, not as root.',
    'RUN useradd --create-home --uid 10001 app',
    'USER app',
    '',
    '# What the container runs when it starts. Change it to the program that starts yours.',
    'CMD ["ls", "-l", "/app"]',
    ''
  ].join('\n');
}
