/**
 * A work that both clients are asked to do, and what works have in common.
 */
import type { BlobServiceClient, ContainerClient } from "@azure/storage-blob"
import type { ObjectStore, StorageError } from "@mooring/core"
import type { Work as SharedWork } from "@mooring/testkit/vendorDiff"
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { AzureDouble, AzureDoubleOptions } from "../double/index.ts"

/** What a work gets of the vendor's client. */
export interface Theirs {
  readonly client: BlobServiceClient
  /** `container`. */
  readonly container: ContainerClient
}

export interface Work extends SharedWork {
  readonly theirs: (theirs: Theirs, double: AzureDouble) => Promise<unknown>
  readonly ours: (store: ObjectStore, double: AzureDouble) => Effect.Effect<unknown, StorageError, Scope.Scope>
  /** Of the plugin. */
  readonly options?: object
  readonly setup?: AzureDoubleOptions
  /** Whether both ask with a token. */
  readonly token?: boolean
}

/** A name in which everything is escaped that can be. */
export const name = "dir/a b+c%2F&=?#\u00e9~!'()*"
export const path = ["container", "dir", name.slice(4)]
export const storedPath = ["container", "stored"]

/** The ETag of the stored blob. */
export const storedEtag = ({ containers }: AzureDouble): string =>
  containers.get("container")!.places.get("stored")!.current!.etag

/** The old version of the stored blob. */
export const oldVersion = ({ containers }: AzureDouble): string =>
  containers.get("container")!.places.get("stored")!.versions[0]!.versionId!

/** What is stored beside the bytes, by both. */
export const attributes = { metadata: { colour: "blue" }, blobHTTPHeaders: { blobContentType: "text/plain" } }
export const options = { metadata: { colour: "blue" }, contentType: "text/plain" }
