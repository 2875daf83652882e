/** What an operation of the double is: how it is recognised, what it may carry, what it does. */
import type { Answer } from "./Answer.ts"
import type { Blob, Container, Containers } from "./blobs.ts"
import type { RawRequest } from "./rawRequest.ts"
import type { Right } from "./Right.ts"
import type { Level, Target } from "./target.ts"

/** How the account is set up. */
export interface AccountSetup {
  /** Whether every state of a blob is kept. */
  readonly versioning: boolean
  /** Whether what is deleted is kept for a while. */
  readonly softDelete: boolean
  /** How often a copy is looked at until it is done; none is done at once. */
  readonly copyLooks: number
  /** Most entries of one listing page. */
  readonly pageSize: number
}

/** Everything an operation may look at. */
export interface Call {
  readonly request: RawRequest
  readonly target: Target
  readonly right: Right
  readonly containers: Containers
  readonly setup: AccountSetup
  /** Epoch milliseconds on the double's clock. */
  readonly now: number
  /** The addressed container; throws ContainerNotFound. */
  readonly container: () => Container
  /** The addressed blob, version or snapshot; throws BlobNotFound. */
  readonly blob: () => Blob
  /** A right to a source of a copy, by the query of its address. */
  readonly rightOf: (source: RawRequest) => Right
  /** Carries out a request within this one. */
  readonly within: (part: RawRequest) => Answer
}

/** Letters of permissions: https://learn.microsoft.com/rest/api/storageservices/create-service-sas#permissions */
export type Permission = "r" | "w" | "d" | "l" | "x" | "c"

export interface Operation {
  readonly name: string
  readonly method: string
  readonly level: Level
  /** Query parameters that must be there with this value. */
  readonly query: Readonly<Record<string, string>>
  /** Further query parameters; any other one is UnsupportedQueryParameter. */
  readonly permits?: ReadonlyArray<string>
  /** x-ms-* headers it understands, `*` ending a prefix; any other one is UnsupportedHeader. */
  readonly headers?: ReadonlyArray<string>
  readonly requiresHeader?: string
  /** One of these letters is enough. */
  readonly needs: ReadonlyArray<Permission>
  /** Whether it is in a container, so that a signature of the container is a right to it. */
  readonly inContainer?: boolean
  readonly run: (call: Call) => Answer
}
