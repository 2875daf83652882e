/** The place that is tested, and options that do not fit. */
import { family, page } from "@mooring/testkit/doctor"
import { rawServer } from "@mooring/testkit/faults"
import * as Effect from "effect/Effect"
import { withBucket } from "../worlds.ts"

const given = (config: Readonly<Record<string, unknown>>) => withBucket(() => ({ config, write: true }))
const refusedOption = (name: string) => `options invalid_value #/${name}`

/** A network before the service that says this of every object. */
const network = (status: number) =>
  Effect.flatMap(
    rawServer((_, response) => {
      const { headers, body } = page(status, "Object not found")
      response.writeHead(status, headers).end(body)
    }),
    (download_url) => given({ download_url })
  )

export const places = [
  ...family("place", [
    { name: "the bucket", arrange: withBucket(() => ({ write: true })), finding: "passed" },
    {
      name: "a bucket that nobody has",
      arrange: withBucket(() => ({ at: ["no-such-bucket"] })),
      finding: "list failed not_found -",
      suggestion: "a bucket of this account that exists"
    },
    {
      name: "a bucket whose name cannot be",
      arrange: withBucket(() => ({ at: ["no_bucket!"] })),
      finding: "list failed invalid_name -",
      suggestion: "letters, digits and dashes"
    },
    {
      name: "an object",
      arrange: withBucket(({ bucket }) => ({ at: [bucket, "object"] })),
      finding: "list failed not_a_directory -",
      suggestion: "the directory around it"
    },
    {
      name: "a directory that is not there yet",
      arrange: withBucket(({ bucket }) => ({ at: [bucket, "new"], write: true })),
      finding: "passed"
    },
    {
      name: "a name that cannot be stored",
      arrange: withBucket(({ bucket }) => ({ at: [bucket, "s".repeat(251)] })),
      finding: "list failed invalid_name -",
      suggestion: "bytes"
    }
  ]),
  ...family("options", [
    {
      name: "a part below 5 MiB",
      arrange: given({ chunk_size: "5000000" }),
      finding: refusedOption("chunk_size"),
      suggestion: "5Mi"
    },
    {
      name: "a copy above 5 GB",
      arrange: given({ copy_cutoff: "5000000001" }),
      finding: refusedOption("copy_cutoff"),
      suggestion: "must be from"
    },
    {
      name: "an upload above 5 GB",
      arrange: given({ upload_cutoff: "5000000001" }),
      finding: refusedOption("upload_cutoff"),
      suggestion: "must be from"
    },
    {
      name: "a link of more than a week",
      arrange: given({ download_auth_duration: 604_801 }),
      finding: refusedOption("download_auth_duration"),
      suggestion: "604800"
    },
    {
      name: "a test mode that is none",
      arrange: given({ test_mode: "fail" }),
      finding: refusedOption("test_mode"),
      suggestion: "fail_some_uploads"
    },
    {
      name: "the address of the S3 API",
      arrange: given({ endpoint: "https://s3.eu-central-003.backblazeb2.com" }),
      finding: refusedOption("endpoint"),
      suggestion: "the provider s3"
    },
    {
      name: "one moment and all versions",
      arrange: given({ versions: true, version_at: "2026-01-01T00:00:00Z" }),
      finding: "options conflicting_fields #/version_at",
      suggestion: "versions shows all"
    },
    { name: "all versions", arrange: given({ versions: true }), finding: "passed" },
    { name: "a moment before everything", arrange: given({ version_at: "2020-01-01T00:00:00Z" }), finding: "passed" },
    {
      name: "a network for downloads that is not there",
      arrange: given({ download_url: "http://127.0.0.1:1" }),
      finding: "read failed connect_refused #/download_url",
      suggestion: "address"
    },
    {
      name: "a network for downloads that has another bucket behind it",
      arrange: network(404),
      finding: "read failed not_a_storage_endpoint #/download_url",
      suggestion: "address"
    }
  ])
]
