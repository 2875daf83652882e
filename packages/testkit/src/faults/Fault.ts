/**
 * What can go wrong between a client and a server, as data.
 */

/** One fault; bytes are of the body of an answer or a request, times are milliseconds. */
export type Fault =
  /** Both sides are reset once so many bytes passed. */
  | { readonly kind: "reset"; readonly after: number; readonly side: "answer" | "request" }
  /** The answer ends in good order, but so many bytes into its body. */
  | { readonly kind: "truncate"; readonly after: number }
  /** Every block waits. */
  | { readonly kind: "latency"; readonly delay: number }
  /** The proxy answers itself: all requests, or one of so many. */
  | { readonly kind: "unavailable"; readonly retryAfter?: number; readonly every?: number }
  /** Connections are taken and nothing more: also a TLS handshake that never ends. */
  | { readonly kind: "blackHole" }
  /** Connections are refused, those that stand are reset. */
  | { readonly kind: "refuse" }
  /** One byte of the answer at a time. */
  | { readonly kind: "trickle"; readonly interval: number }
  /** The answer says that it is so many bytes longer, or shorter, than it is. */
  | { readonly kind: "wrongLength"; readonly difference: number }
