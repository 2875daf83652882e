/**
 * The order of keys.
 */

/** Compares by the bytes of UTF-8, as S3 sorts; that of UTF-16 differs beyond U+FFFF. */
export const byBytes = (left: string, right: string): number => Buffer.compare(Buffer.from(left), Buffer.from(right))
