/**
 * Every difference between python-swiftclient and ours that may be, each for one operation or work.
 */
import type { Allowed } from "@mooring/testkit/vendorDiff"

/** The same difference in each of these operations or works. */
const each = (
  operations: ReadonlyArray<string>,
  entry: Omit<Allowed, "operation" | "name"> & { readonly name?: string }
): ReadonlyArray<Allowed> => operations.map((operation) => ({ operation, name: "", ...entry }))

const client = "python-swiftclient 4.1, swiftclient/client.py"

const listings = ["GET account", "GET container", "GET versions", "GET info"]
const others = [
  "GET token",
  "HEAD account",
  "PUT container",
  "DELETE container",
  "HEAD container",
  "HEAD object",
  "GET object",
  "PUT object",
  "PUT manifest",
  "POST object",
  "DELETE object",
  "POST bulk delete",
  "GET version",
  "DELETE version"
]

const aboutTheClient = [
  ...each([...listings, ...others], {
    aspect: "header",
    name: "user-agent",
    theirs: "the name of the client",
    ours: "absent",
    reason: "It tells the program and its version; no service asks for it.",
    source: client
  }),
  ...each([...listings, ...others], {
    aspect: "header",
    name: "connection",
    theirs: "absent",
    ours: "keep-alive",
    reason: "It says what is so anyway with HTTP/1.1; undici writes it.",
    source: "RFC 9112, section 9.3"
  }),
  ...each(listings, {
    aspect: "header",
    name: "accept-encoding",
    theirs: "gzip",
    ours: "absent",
    reason: "Our listings come as they are: a proxy may pack them, Swift does not.",
    source: client
  }),
  ...each(others, {
    aspect: "header",
    name: "accept-encoding",
    theirs: "identity",
    ours: "absent",
    reason: "Without the header nothing is packed by Swift, and an object that is stored so comes as it is.",
    source: client
  }),
  ...each(["DELETE container", "DELETE object", "DELETE version"], {
    aspect: "header",
    name: "content-length",
    theirs: "0",
    ours: "absent",
    reason: "DELETE without a body needs no length.",
    source: "RFC 9110, section 8.6"
  })
]

const slashes = (["delimiter", "prefix"] as const).map((name): Allowed => ({
  operation: "GET container",
  aspect: "parameter",
  name,
  theirs: name === "prefix" ? "dir/" : "/",
  ours: name === "prefix" ? "dir%2F" : "%2F",
  reason: "A slash in a query is the same with and without its escape.",
  source: "RFC 3986, section 3.4"
}))

/** What ours sends besides, and why; in the order of the requests. */
const order = (
  work: string,
  [theirs, ours]: readonly [string, string],
  reason: string,
  source: string
): ReadonlyArray<Allowed> =>
  each([work], { aspect: "order", theirs: `GET token, ${theirs}`, ours: `GET token, ${ours}`, reason, source })

/** The same where the token is refused at the last request that both send. */
const twice = (
  work: string,
  [theirs, ours]: readonly [string, string],
  reason: string,
  source: string
): ReadonlyArray<Allowed> => [
  ...order(work, [theirs, ours], reason, source),
  ...order(work, [`${theirs}, GET token, ${work}`, `${ours}, GET token, ${work}`], reason, source)
]

const looksFirst = "Whether the object is large shows which segments go with it."
const asksOnce = "/info says whether there are versions with ids: without them the answer would be another."

const orders = [
  ...twice("DELETE object", ["DELETE object", "HEAD object, DELETE object"], looksFirst, "src/remove.ts"),
  ...order("PUT object", ["PUT object", "HEAD object, PUT object"], looksFirst, "src/write.ts"),
  ...order("PUT object", ["PUT object", "HEAD object, PUT object, GET token, PUT object"], looksFirst, "src/write.ts"),
  ...twice(
    "POST bulk delete",
    ["POST bulk delete", "HEAD object, GET info, POST bulk delete"],
    `${looksFirst} /info says how many names one call takes.`,
    "src/removeTargets.ts"
  ),
  ...order(
    "POST object",
    ["POST object", "HEAD object, POST object, HEAD object"],
    "POST replaces all metadata, so what is there is sent again; the answer says nothing of the object.",
    "src/copy.ts"
  ),
  ...order(
    "POST object",
    ["POST object, GET token, POST object", "HEAD object, POST object, GET token, POST object, HEAD object"],
    "POST replaces all metadata, so what is there is sent again; the answer says nothing of the object.",
    "src/copy.ts"
  ),
  ...["COPY object", "COPY object, GET token, COPY object"].flatMap((theirs) =>
    order(
      "COPY object",
      [theirs, "HEAD object, PUT object, HEAD object"],
      "A PUT that names its source does the same, and can hold it to the ETag that HEAD showed.",
      "https://docs.openstack.org/api-ref/object-store/#copy-object"
    )
  ),
  ...twice("GET versions", ["GET versions", "GET info, GET versions"], asksOnce, "src/versions.ts"),
  ...twice(
    "GET version",
    ["GET versions, GET version", "GET info, GET versions, GET version"],
    asksOnce,
    "src/versions.ts"
  ),
  ...twice(
    "DELETE version",
    ["GET versions, DELETE version", "GET info, GET versions, DELETE version"],
    asksOnce,
    "src/versions.ts"
  )
]

const failures = ["unavailable once", "a token refused once", "a lost answer"]

const numbers: ReadonlyArray<Allowed> = [
  ...["", ...failures].flatMap((name) =>
    each(["GET versions"], {
      aspect: "number",
      name,
      theirs: "1",
      ours: "2",
      reason: "Before a version is removed, it is looked at whether another becomes current.",
      source: "src/versions.ts"
    })
  ),
  {
    operation: "GET token",
    aspect: "number",
    name: "a token refused once",
    theirs: "1",
    ours: "2",
    reason: "Their client does not repeat PUT of bytes, nor /info: see below.",
    source: client
  },
  {
    operation: "GET token",
    aspect: "number",
    name: "a token refused once",
    theirs: "2",
    ours: "1",
    reason: "COPY is refused, and ours does not send it.",
    source: "src/copy.ts"
  }
]

const repeated: ReadonlyArray<Allowed> = [
  ...["unavailable once", "a lost answer"].flatMap((name) =>
    each(["GET info", "PUT object"], {
      aspect: "retries",
      name,
      theirs: "1",
      ours: "2",
      reason: "Their client asks for /info once, and repeats PUT of nothing but files.",
      source: client
    })
  ),
  ...each(["PUT object"], {
    aspect: "retries",
    name: "a token refused once",
    theirs: "1",
    ours: "2",
    reason: "Their client repeats PUT of nothing but files.",
    source: client
  }),
  ...failures.flatMap((name) =>
    each(["GET info", "PUT object"], {
      aspect: "outcome",
      name,
      theirs: "failure",
      ours: "success",
      reason: "Ours repeats what theirs does not.",
      source: client
    })
  ),
  ...each(["DELETE container", "DELETE object", "DELETE version"], {
    aspect: "outcome",
    name: "a lost answer",
    theirs: "failure",
    ours: "success",
    reason: "The second DELETE finds nothing, which is what was asked for.",
    source: "packages/core/src/ObjectStore.ts"
  })
]

export const allowed: ReadonlyArray<Allowed> = [...aboutTheClient, ...slashes, ...orders, ...numbers, ...repeated]
