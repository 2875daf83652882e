/**
 * How every connection is made: policy, proxy, TCP and TLS, within one deadline.
 */
import * as Effect from "effect/Effect"
import type { Socket } from "node:net"
import type { EgressPolicy } from "../EgressPolicy.ts"
import * as EgressPolicies from "../EgressPolicy.ts"
import { StorageError } from "../StorageError.ts"
import { openTcp, openTls } from "./openSocket.ts"
import { openTunnel, proxyFor, type ProxyOptions } from "./proxy.ts"
import { resolveAddress, systemLookup, type Lookup } from "./resolveAddress.ts"
import { targetOf, type Target } from "./target.ts"
import { trustAlso } from "./tls.ts"
import { connectTimeout } from "./transportErrors.ts"

/** What the operator chooses of connections. */
export interface ConnectorOptions {
  readonly policy: EgressPolicy
  /** For name, connection, proxy and TLS handshake together, in milliseconds; 15 s if absent. */
  readonly connectTimeout?: number
  /** Authorities to trust besides node's own, in PEM. */
  readonly certificateAuthorities?: ReadonlyArray<string>
  readonly proxy?: ProxyOptions
  /** The resolver; the operating system's if absent. */
  readonly lookup?: Lookup
}

/** Opens one connection, offering these application protocols where it is secure. */
export type Connector = (target: Target, protocols?: ReadonlyArray<string>) => Effect.Effect<Socket, StorageError>

/** What fails on the way to the proxy is not the fault of the endpoint. */
const ofProxy = (error: StorageError): StorageError =>
  StorageError.with(error, { suggestion: "check HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the machine of Mooring" })

/**
 * Makes a connector. Fails with `egress_denied` before anything is sent, `dns_failed`, `connect_refused`, `tls_*`,
 * `timeout` or `provider_unavailable`. A proxy is the operator's choice and not judged; the target behind it is, and
 * where the policy denies anything the proxy is given the address that was judged, not the name.
 */
export const makeConnector = (options: ConnectorOptions): Connector => {
  const { policy, lookup = systemLookup, connectTimeout: limit = 15_000 } = options
  const trust = trustAlso(options.certificateAuthorities)

  const direct = Effect.fnUntraced(function* ({ host, port }: Target, judge: EgressPolicy) {
    return yield* openTcp(host, port, yield* resolveAddress(host, judge, lookup))
  })

  const tunnelled = Effect.fnUntraced(function* ({ host, port }: Target, proxy: URL) {
    const [address = host] = policy.name === "local" ? [] : yield* resolveAddress(host, policy, lookup)
    const relay = targetOf(proxy)
    const opening = Effect.gen(function* () {
      const plain = yield* direct(relay, EgressPolicies.local)
      const socket = relay.secure ? yield* openTls(plain, relay.host, { trust }) : plain
      return yield* openTunnel(socket, proxy, address, port)
    })
    return yield* Effect.mapError(opening, ofProxy)
  })

  return (target, protocols) => {
    const chosen = Effect.mapError(Effect.fromResult(proxyFor(options.proxy, target)), ofProxy)
    const open = Effect.flatMap(chosen, (proxy) =>
      proxy === undefined ? direct(target, policy) : tunnelled(target, proxy)
    )
    const secured = target.secure
      ? Effect.flatMap(open, (socket) =>
          openTls(socket, target.host, { trust, ...(protocols === undefined ? {} : { protocols }) })
        )
      : open
    return Effect.timeoutOrElse(secured, { duration: limit, orElse: () => Effect.fail(connectTimeout(target.host)) })
  }
}
