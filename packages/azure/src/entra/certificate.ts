/**
 * The file of a certificate and its private key.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto"

/** A certificate, the certificates that vouch for it, and its private key. */
export interface ClientCertificate {
  readonly key: KeyObject
  /** DER, the certificate of the application first. */
  readonly chain: ReadonlyArray<Uint8Array>
  /** Milliseconds since 1970. */
  readonly expires: number
}

const invalid = (detail: string, suggestion?: string, pointer?: string) =>
  StorageError.of("invalid_value", detail, {
    ...(suggestion !== undefined && { suggestion }),
    ...(pointer !== undefined && { pointer })
  })

const certificatePattern = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g
const keyPattern = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----[^]+?-----END (?:[A-Z]+ )*PRIVATE KEY-----/

/** What PKCS#12 is converted by: this reads PEM only. */
const conversion = "openssl pkcs12 -in FILE -out certificate.pem -nodes"

const parse = <A>(make: () => A, error: StorageError) => Effect.try({ try: make, catch: () => error })

const readKey = Effect.fnUntraced(function* (text: string, password: Redacted.Redacted<string>) {
  const passphrase = Redacted.value(password)
  const encrypted = text.includes("ENCRYPTED")
  if (encrypted && passphrase === "") {
    return yield* invalid("the private key is encrypted", undefined, "#/client_certificate_password")
  }
  const key = yield* parse(
    () => createPrivateKey({ key: text, ...(encrypted && { passphrase }) }),
    encrypted
      ? invalid("the private key does not open with this password", undefined, "#/client_certificate_password")
      : invalid("the private key in the file cannot be read")
  )
  return key.asymmetricKeyType === "rsa" ? key : yield* invalid("Microsoft Entra takes certificates of RSA keys only")
})

/** Reads a PEM file. Fails with `invalid_value`; for PKCS#12 it suggests the command that converts it. */
export const certificateFrom = Effect.fnUntraced(function* (
  file: Uint8Array,
  password: Redacted.Redacted<string>
): Effect.fn.Return<ClientCertificate, StorageError> {
  // DER begins with a sequence, as PKCS#12 does.
  if (file[0] === 0x30) return yield* invalid("the file is PKCS#12, and PEM is needed", conversion)
  const text = Buffer.from(file).toString("latin1")
  const found = keyPattern.exec(text)
  if (found === null) return yield* invalid("the file has no private key in PEM")
  const key = yield* readKey(found[0], password)
  const certificates = yield* parse(
    () => [...text.matchAll(certificatePattern)].map(([pem]) => new X509Certificate(pem)),
    invalid("a certificate in the file cannot be read")
  )
  const own = certificates.find((certificate) => certificate.checkPrivateKey(key))
  if (own === undefined) return yield* invalid("the file has no certificate that belongs to its private key")
  const others = certificates.filter((certificate) => certificate !== own)
  return { key, chain: [own, ...others].map(({ raw }) => raw), expires: Date.parse(own.validTo) }
})
