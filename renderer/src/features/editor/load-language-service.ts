import type { DockerfileLanguageService } from 'dockerfile-language-service';
import './provide-buffer.ts';

let loading: Promise<DockerfileLanguageService> | null = null;

/** The Dockerfile language service, loaded on first use. */
export function loadLanguageService(): Promise<DockerfileLanguageService> {
  loading ??= import('dockerfile-language-service').then(({ DockerfileLanguageServiceFactory }) => {
    const service = DockerfileLanguageServiceFactory.createLanguageService();
    service.setCapabilities({ completion: { completionItem: { snippetSupport: false } } });
    return service;
  });
  return loading;
}
