/** What a mutation is, and the changes and refusals that many share. */
import type { S3DoubleOptions } from "../index.ts"
import type { bases } from "./bases.ts"
import type { Fixture } from "./fixture.ts"
import type { WireRequest } from "./wire.ts"

export interface Mutation {
  readonly base: keyof typeof bases
  /** Gets the valid request; may sign another one instead, or move the double's clock. */
  readonly mutate: (valid: WireRequest, fixture: Fixture) => WireRequest | Promise<WireRequest>
  readonly status: number
  readonly code: string
  /** Text the answer must have as well. */
  readonly tells?: string
  readonly options?: S3DoubleOptions
}

export const minutes = 60_000

export const withHeader = (name: string, value: string) => (valid: WireRequest) => ({
  ...valid,
  headers: { ...valid.headers, [name]: value }
})

export const without = (dropped: string) => (valid: WireRequest) => ({
  ...valid,
  headers: Object.fromEntries(Object.entries(valid.headers).filter(([name]) => name !== dropped))
})

export const inHeader = (name: string, from: RegExp, to: string) => (valid: WireRequest) =>
  withHeader(name, (valid.headers[name] ?? "").replace(from, to))(valid)

export const inTarget = (from: RegExp, to: string) => (valid: WireRequest) => ({
  ...valid,
  target: valid.target.replace(from, to)
})

export const clock =
  (offset: number) =>
  (valid: WireRequest, { double }: Fixture) => {
    double.clockOffset = offset
    return valid
  }

const flip = (digit: string) => (digit === "0" ? "1" : "0")

export const flipSignature = (valid: WireRequest) => {
  const authorization = valid.headers["authorization"] ?? ""
  return withHeader("authorization", authorization.replace(/.$/, flip))(valid)
}

export const mismatch = { status: 403, code: "SignatureDoesNotMatch" }
export const denied = { status: 403, code: "AccessDenied" }
export const invalidArgument = { status: 400, code: "InvalidArgument" }
export const skewed = { status: 403, code: "RequestTimeTooSkewed" }
export const unknown = { status: 403, code: "InvalidAccessKeyId" }

export const stranger = { accessKeyId: "AKIASTRANGER", secretAccessKey: "secret" }
export const impostor = { accessKeyId: "AKIADOUBLE0000000000", secretAccessKey: "secret" }
