/** What came, and how it was answered. */
import type { Outcome } from "./dispatch.ts"
import type { RawRequest } from "./rawRequest.ts"

export interface LoggedRequest {
  readonly method: string
  /** The raw request target. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly bodyLength: number
  readonly operation: string
  /** 0 when the connection was cut instead of answered. */
  readonly status: number
  /** Why the double refused. */
  readonly reason?: string
  /** The e-mail address of who asked; absent for nobody. */
  readonly identity?: string
  /** It came as part of a batch. */
  readonly batched?: true
}

export const logged = (
  method: string,
  path: string,
  headers: RawRequest["headers"],
  bodyLength: number,
  { operation, answer, reason, identity }: Outcome
): LoggedRequest => ({
  method,
  path,
  headers: Object.fromEntries(headers),
  bodyLength,
  operation,
  status: answer?.status ?? 0,
  ...(reason !== undefined && { reason }),
  ...(identity !== undefined && { identity })
})
