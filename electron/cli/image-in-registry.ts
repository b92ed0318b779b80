/** As in skopeo: only an image with this prefix is looked up in a registry. */
export const registryScheme = 'docker://';

/** Whether an argument names an image in a registry: "docker://ada/app:1". */
export const isInRegistry = (image: string): boolean => image.startsWith(registryScheme);
