/** What an operation of the double is: how it is recognised, what it may carry, what it does. */
import type { Access } from "./access.ts"
import type { Answer } from "./Answer.ts"
import type { Directory } from "./oauth/Directory.ts"
import type { Buckets } from "./objects.ts"
import type { RawRequest } from "./rawRequest.ts"
import type { Uploads } from "./uploads.ts"

/** Everything that lives as long as the double, or is set for it. */
export interface Surroundings {
  readonly buckets: Buckets
  readonly uploads: Uploads
  readonly directory: Directory
  /** The project that its buckets belong to, and whose bill everybody may use. */
  readonly project: string
  /** `http://127.0.0.1:<port>` as the request has it: addresses in answers begin with it. */
  readonly origin: string
  /** Epoch milliseconds on the double's clock. */
  readonly now: number
  /** Most entries of one listing page. */
  readonly pageSize: number
  /** Milliseconds that an upload in chunks may take. */
  readonly sessionLifetime: number
  /** Bytes that one rewrite across locations or classes moves at most. */
  readonly rewriteBytes: number
  /** Seals tokens of pages and rewrites, so that only the double's own are taken. */
  readonly secret: string
  /** Carries out a request of a batch. */
  readonly inner: (request: RawRequest) => Answer
}

export interface Call extends Surroundings {
  readonly request: RawRequest
  /** The decoded segments of the path, by the names in the route. */
  readonly at: Readonly<Record<string, string>>
  readonly access: Access
}

export interface Operation {
  /** As the reference has it: `objects.list`. */
  readonly name: string
  readonly method: string
  /** Segments of the path; one in braces is a name, percent-encoded as a whole. */
  readonly route: string
  /** Parameters that must be there; a value after `=` must be equal. */
  readonly requires?: ReadonlyArray<string>
  /** Further parameters; any other one is refused. */
  readonly permits?: ReadonlyArray<string>
  /** Who is asked for; `bearer` if absent. `signature`: the URL is signed. */
  readonly authentication?: "none" | "signature"
  readonly run: (call: Call) => Answer
}
