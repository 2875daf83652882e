/** What an operation of the double is: how it is recognised, what it may carry, what it does. */
import type { Access, AccessKey } from "./accessKeys.ts"
import type { Answer } from "./Answer.ts"
import type { Bucket, Buckets } from "./objects.ts"
import type { RawRequest } from "./rawRequest.ts"
import type { Target } from "./target.ts"

/** Everything an operation may look at. */
export interface Call {
  readonly request: RawRequest
  readonly target: Target
  readonly buckets: Buckets
  /** The addressed bucket; throws NoSuchBucket. */
  readonly bucket: () => Bucket
  readonly region: string
  /** Epoch milliseconds on the double's clock. */
  readonly now: number
  /** Most entries of one listing page. */
  readonly pageSize: number
  /** Bytes; every part but the last has at least these. */
  readonly minimumPartSize: number
  /** Seals continuation tokens, so that only the double's own are taken. */
  readonly tokenSecret: string
  /** Keys of a new session with a directory bucket. */
  readonly newSession: (bucket: string) => AccessKey
  /** Whether the caller may also do this to that bucket: the source of a copy. */
  readonly allows: (bucket: string, access: Access) => boolean
}

export interface Operation {
  readonly name: string
  readonly method: string
  readonly level: Target["level"]
  /** Query parameters that must be there; a value after `=` must be equal. */
  readonly requires: ReadonlyArray<string>
  /** Further query parameters; any other one is NotImplemented. */
  readonly permits: ReadonlyArray<string>
  /** x-amz-* headers it understands, `*` ending a prefix; any other one is NotImplemented. */
  readonly headers: ReadonlyArray<string>
  readonly requiresHeader?: string
  readonly access: Access
  readonly run: (call: Call) => Answer
}
