/** The minimum and maximum number of images in a comparison. */
export const minComparedImages = 2;
export const maxComparedImages = 6;
