/** Who may do what: the access keys a double knows and their policies. */
import { S3Failure } from "./S3Failure.ts"

export type Access = "read" | "write"

export interface AccessKey {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** A temporary key: every request must carry this token. */
  readonly sessionToken?: string
  /** Epoch milliseconds after which the token is refused with ExpiredToken. */
  readonly expires?: number
  readonly policy?: "full" | "read-only" | "write-only"
  /** A session with `bucket`, a directory bucket: its token is in a header of its own. */
  readonly ofBucket?: boolean
  /** The only bucket this key reaches; it then lists no buckets. */
  readonly bucket?: string
}

const granted = { full: ["read", "write"], "read-only": ["read"], "write-only": ["write"] } as const

/** Undefined is the anonymous caller, who has nothing but what a public bucket gives. `bucket` is "" for the service. */
export const permits = (key: AccessKey | undefined, bucket: string, access: Access): boolean =>
  key !== undefined &&
  (key.bucket === undefined || key.bucket === bucket) &&
  granted[key.policy ?? "full"].some((one) => one === access)

export const accessDenied = (message = "Access Denied", elements: Readonly<Record<string, string>> = {}): S3Failure =>
  new S3Failure(403, "AccessDenied", message, { elements })
