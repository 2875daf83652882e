/** The account, the endpoint and the place that is tested. */
import { family } from "@mooring/testkit/doctor"
import * as Effect from "effect/Effect"
import { accountKey } from "../../double/index.ts"
import { placeOf, putState } from "../../double/blobs.ts"
import { withDouble } from "../worlds.ts"

const at = (...path: ReadonlyArray<string>) => withDouble(() => ({ at: path }))
const key = accountKey

/** A container with a blob in it. */
const filled = (tier: string, ...path: ReadonlyArray<string>) =>
  withDouble(({ containers }) => {
    const facts = { body: Buffer.from("text"), blocks: [], contentType: "text/plain", system: {}, metadata: {}, tier }
    putState(placeOf(containers.get("box")!, "blob"), Date.now(), false, facts)
    return { at: path }
  })

export const place = family("place", [
  { name: "the account, and all containers listed", arrange: at(), finding: "passed" },
  { name: "a directory with nothing in it yet", arrange: at("box", "new"), finding: "passed" },
  { name: "a container with a blob in it", arrange: filled("Hot", "box"), finding: "passed" },
  {
    name: "a container with nothing in it but the archive",
    arrange: filled("Archive", "box"),
    finding: "read unverified archived_tier -",
    suggestion: "rehydrate"
  },
  {
    name: "an object as the place",
    arrange: filled("Hot", "box", "blob"),
    finding: "list failed not_a_directory -",
    suggestion: "the directory around it"
  },
  {
    name: "a container that does not exist",
    arrange: at("missing"),
    finding: "list failed not_found -",
    suggestion: "a container that exists"
  },
  {
    name: "a name that no container has",
    arrange: at("My_Container"),
    finding: "list failed invalid_name -",
    suggestion: "by its own name"
  },
  {
    name: "an address instead of a name",
    arrange: at("https://acme.blob.core.windows.net/box"),
    finding: "list failed invalid_name -",
    suggestion: "by its own name"
  },
  {
    name: "no account",
    arrange: Effect.succeed({ config: { key } }),
    finding: "options missing_field #/account",
    suggestion: "sas_url or endpoint"
  },
  {
    name: "an address for an account",
    arrange: Effect.succeed({ config: { account: "https://acme.blob.core.windows.net", key } }),
    finding: "options invalid_value #/account",
    suggestion: "name of the account alone"
  },
  {
    name: "an account that does not exist",
    arrange: Effect.succeed({ config: { account: "acme", key } }),
    finding: "resolve failed dns_failed #/account",
    suggestion: "another cloud"
  },
  {
    name: "a container in the endpoint",
    arrange: Effect.succeed({ config: { endpoint: "https://acme.blob.core.windows.net/box", key } }),
    finding: "options invalid_value #/endpoint",
    suggestion: "https://acme.blob.core.windows.net"
  },
  {
    name: "an emulator that does not run",
    arrange: Effect.succeed({ config: { use_emulator: true, endpoint: "" } }),
    finding: "connect failed connect_refused #/use_emulator",
    suggestion: "start the emulator"
  }
])
