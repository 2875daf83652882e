/**
 * Whom TLS connections trust.
 */
import { createSecureContext, getCACertificates, type SecureContext } from "node:tls"

/** Node's own authorities and these besides, in PEM; undefined if there are none besides. Made once: parsing is slow. */
export const trustAlso = (authorities: ReadonlyArray<string> | undefined): SecureContext | undefined =>
  authorities === undefined || authorities.length === 0
    ? undefined
    : createSecureContext({ ca: [...getCACertificates("default"), ...authorities] })
