/**
 * Which network addresses may be connected to, and how an endpoint is read.
 *
 * A policy judges addresses and never names: the transport asks it about the address that it then connects to. The
 * ranges are those of the IANA special-purpose registries (RFC 6890) and the metadata services of the large clouds.
 */
import * as Result from "effect/Result"
import { BlockList, isIPv4, isIPv6 } from "node:net"
import { StorageError } from "./StorageError.ts"

/** What the operator permits; chosen at start and never by a request. */
export interface EgressPolicy {
  readonly name: "local" | "multi-tenant"
  /** Whether this address may be connected to. Anything but the text of an IPv4 or IPv6 address is a no. */
  readonly permits: (address: string) => boolean
}

const deniedV4: ReadonlyArray<readonly [network: string, prefix: number]> = [
  ["0.0.0.0", 8], // unspecified, "this network"
  ["10.0.0.0", 8], // private, RFC 1918
  ["100.64.0.0", 10], // shared by carriers, RFC 6598; holds Alibaba's metadata 100.100.100.200
  ["127.0.0.0", 8], // loopback
  ["168.63.129.16", 32], // Azure's platform address, public in form only
  ["169.254.0.0", 16], // link-local; holds the metadata address 169.254.169.254
  ["172.16.0.0", 12], // private, RFC 1918
  ["192.0.0.0", 24], // protocol assignments; holds Oracle's metadata 192.0.0.192
  ["192.0.2.0", 24], // documentation
  ["192.88.99.0", 24], // 6to4 relays, RFC 7526
  ["192.168.0.0", 16], // private, RFC 1918
  ["198.18.0.0", 15], // benchmarks
  ["198.51.100.0", 24], // documentation
  ["203.0.113.0", 24], // documentation
  ["224.0.0.0", 4], // multicast
  ["240.0.0.0", 4] // reserved and broadcast
]

const deniedV6: ReadonlyArray<readonly [network: string, prefix: number]> = [
  ["2001::", 23], // protocol assignments: Teredo, benchmarks, ORCHID
  ["2001:db8::", 32], // documentation
  ["3fff::", 20] // documentation, RFC 9637
]

/** Global unicast and the two forms that carry an IPv4 address; loopback, fc00::/7, fe80::/10 and ff00::/8 are outside. */
const routableV6: ReadonlyArray<readonly [network: string, prefix: number]> = [
  ["2000::", 3],
  ["::ffff:0:0", 96], // IPv4-mapped
  ["64:ff9b::", 96] // NAT64, RFC 6052
]

/** An IPv4 network as 6to4 spells it (RFC 3056): the address follows `2002:`. */
const sixToFour = (network: string): string => {
  const [a = 0, b = 0, c = 0, d = 0] = network.split(".").map(Number)
  return `2002:${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}::`
}

const denied = new BlockList()
for (const [network, prefix] of deniedV4) {
  denied.addSubnet(network, prefix, "ipv4")
  denied.addSubnet(`::ffff:${network}`, 96 + prefix, "ipv6")
  denied.addSubnet(`64:ff9b::${network}`, 96 + prefix, "ipv6")
  denied.addSubnet(sixToFour(network), 16 + prefix, "ipv6")
}
for (const [network, prefix] of deniedV6) denied.addSubnet(network, prefix, "ipv6")

const routable = new BlockList()
for (const [network, prefix] of routableV6) routable.addSubnet(network, prefix, "ipv6")

/** Every address is permitted: a command line, or a server on loopback. */
export const local: EgressPolicy = { name: "local", permits: (address) => isIPv4(address) || isIPv6(address) }

/** Public addresses only, also where one is wrapped in another. An address with a zone is local by meaning. */
export const multiTenant: EgressPolicy = {
  name: "multi-tenant",
  permits: (address) =>
    isIPv4(address)
      ? !denied.check(address, "ipv4")
      : isIPv6(address) && !address.includes("%") && routable.check(address, "ipv6") && !denied.check(address, "ipv6")
}

const invalid = (detail: string) => Result.fail(StorageError.of("invalid_value", detail))

/**
 * Reads an endpoint once, as the WHATWG URL standard does, so that nothing later reads it differently: odd spellings of
 * an address (`0x7f.1`) come out as the address. Fails with `invalid_value` for any scheme but http and https, a user
 * name or password, a fragment, a backslash and blanks; the text is not repeated, since it may hold a password.
 */
export const endpointUrl = (text: string): Result.Result<URL, StorageError> => {
  if (/[\\\s\p{Cc}]/u.test(text)) return invalid("the endpoint holds a backslash, a blank or a control character")
  if (!/^https?:\/\/[^/]/i.test(text)) return invalid("the endpoint does not start with http:// or https:// and a host")
  const url = URL.parse(text)
  if (url === null) return invalid("the endpoint is not a URL")
  if (url.username !== "" || url.password !== "") return invalid("the endpoint holds a user name or password")
  if (text.includes("#")) return invalid("the endpoint holds a fragment")
  return Result.succeed(url)
}

/** Reads `scheme://host:port` and answers its canonical text; a path or query is refused. Fails as `endpointUrl`. */
export const parseOrigin = (text: string): Result.Result<string, StorageError> =>
  Result.flatMap(endpointUrl(text), (url) =>
    url.pathname === "/" && !text.includes("?")
      ? Result.succeed(url.origin)
      : invalid("the origin holds more than scheme, host and port")
  )
