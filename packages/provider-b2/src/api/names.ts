/**
 * Names and values of file info in addresses and headers: percent escapes of UTF-8
 * (https://www.backblaze.com/docs/cloud-storage-native-api-string-encoding).
 */

/** Escapes all but letters, digits, `/` and marks that every side takes for themselves. */
export const escapeName = (text: string): string => encodeURIComponent(text).replaceAll("%2F", "/")

/** Undoes escapes; a plus is a blank, as the service may write it. What is not valid is taken as it is. */
export const unescapeName = (text: string): string => {
  const spaced = text.replaceAll("+", " ")
  return /%(?![0-9A-Fa-f]{2})/.test(spaced) ? text : new TextDecoder().decode(bytesOf(spaced))
}

const bytesOf = (text: string): Uint8Array =>
  Buffer.concat(
    text
      .split(/((?:%[0-9A-Fa-f]{2})+)/)
      .map((part) => (part.startsWith("%") ? Buffer.from(part.replaceAll("%", ""), "hex") : Buffer.from(part)))
  )
