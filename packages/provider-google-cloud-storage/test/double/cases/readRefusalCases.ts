/** What the vendor's client asks for and the double refuses. */
import type { readRefusals } from "../behaviours/readRefusals.ts"
import type { StorageDoubleOptions } from "../StorageDouble.ts"
import { bucket, jwtOf, reader, stored, stranger, type Fixture } from "./fixture.ts"
import { file, read } from "./objectRuns.ts"

export interface ReadRefusal {
  readonly status: number
  /** Of the first of the errors that the client tells; "" where the answer is plain text. */
  readonly reason: string
  /** Text that the client's error must have. */
  readonly tells?: string
  readonly run: (fixture: Fixture) => Promise<unknown>
  readonly options?: StorageDoubleOptions
}

const save = (fixture: Fixture, name: string, options: Parameters<ReturnType<typeof file>["save"]>[1]) =>
  file(fixture, name).save("bytes", { resumable: false, ...options })

export const readRefusalCases: Record<keyof typeof readRefusals, ReadRefusal> = {
  readMissing: { status: 404, reason: "notFound", run: (fixture) => file(fixture, "none").getMetadata() },
  readDownloadMissing: {
    status: 404,
    reason: "",
    tells: "No such object: bucket/none",
    run: (fixture) => read(fixture, "none")
  },
  readBucketMissing: { status: 404, reason: "notFound", run: ({ client }) => client.bucket("none").getFiles() },
  readTaken: {
    status: 412,
    reason: "conditionNotMet",
    run: (fixture) => save(fixture, stored, { preconditionOpts: { ifGenerationMatch: 0 } })
  },
  readConflict: { status: 409, reason: "conflict", run: ({ client }) => client.createBucket(bucket) },
  readNotEmpty: { status: 409, reason: "conflict", run: ({ client }) => client.bucket(bucket).delete() },
  readForbidden: {
    status: 403,
    reason: "forbidden",
    tells: "reader@double-project.iam.gserviceaccount.com does not have storage.objects.delete access",
    run: ({ as }) => as(reader).bucket(bucket).file(stored).delete()
  },
  readAnonymous: {
    status: 401,
    reason: "required",
    tells: "Anonymous caller does not have storage.objects.get access",
    run: ({ anonymous }) => anonymous.bucket(bucket).file(stored).getMetadata()
  },
  readRange: {
    status: 416,
    reason: "",
    run: (fixture) => file(fixture, stored).download({ start: 100 })
  },
  readSum: {
    status: 400,
    reason: "invalid",
    tells: "Provided MD5 hash",
    run: (fixture) => save(fixture, "new", { metadata: { md5Hash: "AAAAAAAAAAAAAAAAAAAAAA==" } })
  },
  readUniform: {
    status: 400,
    reason: "invalid",
    tells: "uniform bucket-level access",
    options: { buckets: [{ name: bucket, uniformAccess: true }] },
    run: (fixture) => save(fixture, "new", { predefinedAcl: "private" })
  },
  readPayer: {
    status: 400,
    reason: "required",
    tells: "requester pays",
    options: { buckets: [{ name: bucket, requesterPays: true }] },
    run: ({ client }) => client.bucket(bucket).getFiles()
  },
  readGrant: {
    status: 400,
    reason: "",
    tells: "invalid_grant",
    run: ({ double }) => jwtOf(double, stranger).getAccessToken()
  }
}
