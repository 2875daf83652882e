/** Options that are none, or that do not go together. */
import { family } from "@mooring/testkit/doctor"
import { withDouble } from "../worlds.ts"

const given = (config: Readonly<Record<string, unknown>>) => withDouble(() => ({ config, at: ["box"] }))

export const options = family("options", [
  {
    name: "blocks of no bytes",
    arrange: given({ chunk_size: "0" }),
    finding: "options invalid_value #/chunk_size",
    suggestion: "from 1 to 4000Mi"
  },
  {
    name: "blocks that Azure does not take",
    arrange: given({ chunk_size: "5Gi" }),
    finding: "options invalid_value #/chunk_size",
    suggestion: "4000Mi"
  },
  {
    name: "a tier that there is not",
    arrange: given({ access_tier: "tepid" }),
    finding: "options invalid_value #/access_tier",
    suggestion: "cool"
  },
  {
    name: "pages that Azure does not give",
    arrange: given({ list_chunk: 5001 }),
    finding: "options invalid_value #/list_chunk",
    suggestion: "5000"
  },
  {
    name: "an option of a slip",
    arrange: given({ acount: "a" }),
    finding: "options unknown_field #/acount",
    suggestion: "account"
  },
  {
    name: "all new blobs go to the archive, and one is put",
    arrange: withDouble(() => ({ config: { access_tier: "archive" }, at: ["box"], write: true })),
    finding: "passed"
  }
])
