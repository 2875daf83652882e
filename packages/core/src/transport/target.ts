/**
 * Whom a connection is opened to.
 */

/** `host` is a name or an address without brackets. */
export interface Target {
  readonly host: string
  readonly port: number
  readonly secure: boolean
}

/** A host as sockets take it: an IPv6 address without its brackets. */
export const withoutBrackets = (host: string): string => host.replace(/^\[|\]$/g, "")

/** The target of a URL, or of its parts; without a port that of its scheme, http or https. */
export const targetOf = (url: {
  readonly protocol: string
  readonly hostname: string
  readonly port: string
}): Target => {
  const secure = url.protocol === "https:"
  return { host: withoutBrackets(url.hostname), port: Number(url.port) || (secure ? 443 : 80), secure }
}
