/**
 * Addresses inside JSON, which nobody else looks at before they are asked.
 */

/** Whether a text is an http or https address. */
export const isAddress = (text: string): boolean =>
  /^https?:\/\/[^\s/?#@]+([/?]\S*)?$/i.test(text) && URL.canParse(text)
