/**
 * What an answer is that should be XML: a console, a login page and a captive portal answer with a web page.
 */

/** Enough for the comments that may come before the first element. */
const opening = (bytes: Uint8Array): string =>
  new TextDecoder().decode(bytes.subarray(0, 4096)).replace(/^(?:\s+|<\?xml[^>]*>|<!--[^]*?-->)+/i, "")

/** Whether the document is a web page, also one that is well-formed XML. */
export const looksLikeHtml = (bytes: Uint8Array): boolean =>
  /^<(?:!doctype\s+html|html|head|title|meta|script|body)\b/i.test(opening(bytes))

/** Whether the document begins as XML does and is no web page; text, JSON and nothing at all are not XML. */
export const looksLikeXml = (bytes: Uint8Array): boolean =>
  /^<[!?\p{L}_:]/u.test(opening(bytes)) && !looksLikeHtml(bytes)
