/**
 * TLS handshakes that fail for another reason than the certificate.
 */
import type { Reason } from "../StorageError.ts"

/** Whether the connection stood and the handshake did not: the transport keeps the code of the TLS library. */
export const isHandshake = ({ status, providerCode = "" }: Reason): boolean =>
  status === undefined && (providerCode === "EPROTO" || providerCode.startsWith("ERR_SSL_"))
