import type { DockerfileLanguageService } from 'dockerfile-language-service';

/** dockerfile-ast asks Node's Buffer for one thing, the bytes of a possible byte order mark. */
interface BufferShim {
  from: (text: string) => Uint8Array;
}
const scope = globalThis as unknown as { Buffer?: BufferShim };
scope.Buffer ??= { from: (text) => new TextEncoder().encode(text) };

let loading: Promise<DockerfileLanguageService> | null = null;

/** The Dockerfile language service, loaded when it is first asked. */
export function loadLanguageService(): Promise<DockerfileLanguageService> {
  loading ??= import('dockerfile-language-service').then(({ DockerfileLanguageServiceFactory }) => {
    const service = DockerfileLanguageServiceFactory.createLanguageService();
    service.setCapabilities({ completion: { completionItem: { snippetSupport: false } } });
    return service;
  });
  return loading;
}
