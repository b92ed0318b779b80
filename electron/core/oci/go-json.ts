import { z } from 'zod';

/**
 * JSON as Go programs write it: a nil slice or map is null, an empty string or a missing field is the zero value. So a
 * field that is missing, null or of another type has its zero value, and one bad optional field neither refuses the
 * document nor empties the others. What a document cannot do without is not read with these, but `goSlice`.
 */
const zeroText = z.string().nullish();

/** Text; empty by default. */
export const goText = (maxLength: number) =>
  zeroText.catch('').transform((text) => (text == null || text.length > maxLength ? '' : text));

/** A number; 0 by default. */
export const goNumber = () =>
  z
    .number()
    .nullish()
    .catch(0)
    .transform((value) => value ?? 0);

/** A flag; false by default. */
export const goFlag = () =>
  z
    .boolean()
    .nullish()
    .catch(false)
    .transform((value) => value ?? false);

/** An object; null by default. */
export const goPointer = <T>(shape: z.ZodType<T>) =>
  shape
    .nullish()
    .catch(null)
    .transform((value) => value ?? null);

/** A list whose elements are all needed: only the list may be missing or null. */
export const goSlice = <T>(element: z.ZodType<T>, maxCount: number) =>
  z
    .array(element)
    .max(maxCount)
    .nullish()
    .transform((list) => list ?? []);

/** A list without the elements that are of another type; empty by default. */
export const goOptionalSlice = <T>(element: z.ZodType<T>, maxCount: number) =>
  z
    .unknown()
    .optional()
    .transform((list) => (Array.isArray(list) ? list.slice(0, maxCount).flatMap((one) => readOr(element, one)) : []));

/** A map without the values that are of another type; empty by default. */
export const goMap = <T>(value: z.ZodType<T>, maxCount: number) =>
  z
    .unknown()
    .optional()
    .transform((map): Record<string, T> => {
      if (map === null || typeof map !== 'object' || Array.isArray(map)) return {};
      const entries = Object.entries(map).slice(0, maxCount);
      return Object.fromEntries(entries.flatMap(([name, one]) => readOr(value, one).map((read) => [name, read])));
    });

/** The value in a list, or none. */
function readOr<T>(schema: z.ZodType<T>, value: unknown): T[] {
  const read = schema.safeParse(value);
  return read.success ? [read.data] : [];
}
