/**
 * X.509 certificates made on the spot, since a committed one that is valid today is not for ever. The few parts of DER
 * (ITU-T X.690) and of certificates (RFC 5280) that a server of tests needs.
 */
import { generateKeyPairSync, sign, X509Certificate, type KeyObject } from "node:crypto"

export interface Issued {
  /** PEM. */
  readonly certificate: string
  readonly key: string
}

export interface Authority extends Issued {
  readonly name: string
  readonly privateKey: KeyObject
}

const lengthOf = (size: number): Buffer => {
  if (size < 128) return Buffer.of(size)
  const bytes = Buffer.from(size.toString(16).padStart(size < 256 ? 2 : 4, "0"), "hex")
  return Buffer.concat([Buffer.of(128 + bytes.length), bytes])
}

const element = (tag: number, ...content: ReadonlyArray<Uint8Array>): Buffer => {
  const body = Buffer.concat(content)
  return Buffer.concat([Buffer.of(tag), lengthOf(body.length), body])
}

const sequence = (...content: ReadonlyArray<Uint8Array>) => element(0x30, ...content)
const oid = (hex: string) => element(0x06, Buffer.from(hex, "hex"))
const bits = (content: Uint8Array) => element(0x03, Buffer.of(0), content)

/** ecdsa-with-SHA256, commonName, subjectAltName, basicConstraints. */
const algorithm = sequence(oid("2a8648ce3d040302"))
const commonName = oid("550403")
const alternativeNames = oid("551d11")
const constraints = oid("551d13")

const nameOf = (text: string) => sequence(element(0x31, sequence(commonName, element(0x0c, Buffer.from(text)))))

/** UTCTime of a day, `YYMMDD`. */
const dayOf = (day: string) => element(0x17, Buffer.from(`${day}000000Z`))

const hostName = (name: string) =>
  /^[\d.]+$/.test(name) ? element(0x87, Buffer.from(name.split(".").map(Number))) : element(0x82, Buffer.from(name))

interface Wanted {
  readonly subject: string
  readonly hosts: ReadonlyArray<string>
  readonly from: string
  readonly to: string
  readonly issuer?: Authority
}

let serial = 1

const make = ({ subject, hosts, from, to, issuer }: Wanted): Authority => {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const extension =
    hosts.length > 0
      ? sequence(alternativeNames, element(0x04, sequence(...hosts.map(hostName))))
      : sequence(constraints, element(0x01, Buffer.of(255)), element(0x04, sequence(element(0x01, Buffer.of(255)))))
  serial += 1
  const signed = sequence(
    element(0xa0, element(0x02, Buffer.of(2))),
    element(0x02, Buffer.of(1, serial)),
    algorithm,
    nameOf(issuer?.name ?? subject),
    sequence(dayOf(from), dayOf(to)),
    nameOf(subject),
    publicKey.export({ type: "spki", format: "der" }),
    element(0xa3, sequence(extension))
  )
  const signature = sign("sha256", signed, issuer?.privateKey ?? privateKey)
  const certificate = new X509Certificate(sequence(signed, algorithm, bits(signature))).toString()
  const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString()
  return { name: subject, certificate, key, privateKey }
}

const valid = { from: "200101", to: "491231" }

/** An authority of this name. */
export const makeAuthority = (name: string): Authority => make({ subject: name, hosts: [], ...valid })

/** A certificate for hosts; self-signed without an issuer. Days are `YYMMDD`, of this century's first half. */
export const issue = (
  hosts: ReadonlyArray<string>,
  issuer?: Authority,
  { from, to }: { readonly from: string; readonly to: string } = valid
): Issued => make({ subject: hosts[0] ?? "", hosts, from, to, ...(issuer && { issuer }) })
