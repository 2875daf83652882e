/** What every case gets: a fresh double with one blob in it, and the vendor's client on it. */
import {
  AnonymousCredential,
  BlobServiceClient,
  newPipeline,
  StorageSharedKeyCredential,
  type ContainerClient
} from "@azure/storage-blob"
import { account, accountKey, startAzureDouble, type AzureDouble, type AzureDoubleOptions } from "../index.ts"

export interface Fixture {
  readonly double: AzureDouble
  readonly client: BlobServiceClient
  /** `container`, by the key of the account. */
  readonly container: ContainerClient
}

export const container = "container"
export const stored = "stored"
export const storedBody = "hello, world"
export const readToken = "a-token-that-reads"
export const writeToken = "a-token-that-writes"

/** The vendor's options, without repeats. */
const once = { retryOptions: { maxTries: 1 } }

export const credential = new StorageSharedKeyCredential(account, accountKey)

export const keyClient = (endpoint: string, options: Parameters<typeof newPipeline>[1] = once): BlobServiceClient =>
  new BlobServiceClient(endpoint, newPipeline(credential, options))

/** A client without a right, or with that of a signature in its address. */
export const strangeClient = (endpoint: string): BlobServiceClient =>
  new BlobServiceClient(endpoint, newPipeline(new AnonymousCredential(), once))

/** A client with a token, which the vendor's own policy would only send over https. */
export const tokenClient = (
  endpoint: string,
  token: string,
  options: Parameters<typeof newPipeline>[1] = once
): BlobServiceClient => {
  const pipeline = newPipeline(new AnonymousCredential(), options)
  pipeline.factories.push({
    create: (next) => ({
      sendRequest: (request) => {
        request.headers.set("authorization", `Bearer ${token}`)
        return next.sendRequest(request)
      }
    })
  })
  return new BlobServiceClient(endpoint, pipeline)
}

/** Puts a blob with metadata and a content type. */
export const putStored = (into: ContainerClient, name = stored) =>
  into.getBlockBlobClient(name).upload(storedBody, storedBody.length, {
    metadata: { colour: "blue" },
    blobHTTPHeaders: { blobContentType: "text/plain" }
  })

/** Runs a case against its own double and closes it, whatever happens. */
export const withFixture = async (
  run: (fixture: Fixture) => Promise<unknown>,
  options: AzureDoubleOptions = {}
): Promise<void> => {
  const double = await startAzureDouble({
    containers: [container, { name: "public", publicAccess: "container" }, { name: "blobs", publicAccess: "blob" }],
    tokens: { [readToken]: "rl", [writeToken]: "rwdlc" },
    ...options
  })
  try {
    const client = keyClient(double.endpoint)
    if (options.sharedKeys !== false) {
      for (const name of [container, "public", "blobs"]) await putStored(client.getContainerClient(name))
    }
    double.clearRequests()
    await run({ double, client, container: client.getContainerClient(container) })
  } finally {
    await double.close()
  }
}

/** The blob that is there from the start. */
export const storedBlob = ({ container: into }: Pick<Fixture, "container">) => into.getBlockBlobClient(stored)

/** The text of a blob. */
export const textOf = async (blob: { downloadToBuffer: () => Promise<Buffer> }): Promise<string> =>
  (await blob.downloadToBuffer()).toString()

/** Everything that an iterator yields. */
export const all = async <A>(iterator: AsyncIterable<A>): Promise<Array<A>> => {
  const found: Array<A> = []
  for await (const one of iterator) found.push(one)
  return found
}
