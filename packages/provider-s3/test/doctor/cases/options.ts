/** Options that are refused before anything is sent. */
import * as Effect from "effect/Effect"
import { family } from "@mooring/testkit/doctor"
import { optionsFor, withDouble } from "../worlds.ts"

const given = (config: Readonly<Record<string, unknown>>) =>
  Effect.succeed({ config: { ...optionsFor("http://127.0.0.1:1"), ...config } })

export const options = family("options", [
  {
    name: "a slip in a name",
    arrange: given({ acces_key_id: "x" }),
    finding: "options unknown_field #/acces_key_id",
    suggestion: "access_key_id"
  },
  {
    name: "a vendor that is not known",
    arrange: given({ provider: "Amazon" }),
    finding: "options invalid_value #/provider",
    suggestion: "AWS"
  },
  {
    name: "a number where text belongs",
    arrange: given({ region: 1 }),
    finding: "options invalid_value #/region",
    suggestion: "a text"
  },
  {
    name: "text where true or false belongs",
    arrange: given({ force_path_style: "yes" }),
    finding: "options invalid_value #/force_path_style",
    suggestion: "true"
  },
  {
    name: "parts that are too small",
    arrange: given({ chunk_size: "1Mi" }),
    finding: "options invalid_value #/chunk_size",
    suggestion: "5Mi"
  },
  {
    name: "buckets of S3 Express",
    arrange: given({ directory_bucket: true }),
    finding: "options conflicting_fields #/directory_bucket",
    suggestion: "buckets of AWS"
  },
  {
    name: "pages of nothing",
    arrange: given({ list_chunk: 0 }),
    finding: "options invalid_value #/list_chunk",
    suggestion: "from 1 to 1000"
  },
  {
    name: "keys of customers in two forms",
    arrange: given({ sse_customer_key: "x".repeat(32), sse_customer_key_base64: "eA==" }),
    finding: "options conflicting_fields #/sse_customer_key_base64",
    suggestion: "write one"
  },
  {
    name: "objects are decompressed, and an empty bucket is tested",
    arrange: withDouble(() => ({ config: { decompress: true }, at: ["b"], write: true })),
    finding: "passed"
  }
])
