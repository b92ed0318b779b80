/** So many images are compared, no fewer and no more. */
export const minComparedImages = 2;
export const maxComparedImages = 6;
