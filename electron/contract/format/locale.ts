/** The language that texts, numbers and sort order follow, as a BCP 47 tag. */
export const locale = 'en';
