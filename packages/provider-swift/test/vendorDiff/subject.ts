/**
 * python-swiftclient and ours before the setup, each work in a container of its own.
 */
import { jsonFields, recordingProxy, runProgram } from "@mooring/testkit/vendorDiff"
import type { Injected, SentRequest, VendorDiffSubject } from "@mooring/testkit/vendorDiff"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { keepVersions, newContainer, openClient } from "../openClient.ts"
import type { SwiftWork } from "./Work.ts"
import { works } from "./works.ts"

/** What a client is given. */
interface Server {
  readonly auth: string
  readonly container: string
}

interface Setup {
  readonly config: { readonly auth: string; readonly user: string; readonly key: string }
  readonly storage_url: string
}

/** Method and what it is about. */
export const operationOf = ({ method, path }: Pick<SentRequest, "method" | "path">): string => {
  const [place = "", query = ""] = path.split("?")
  if (place.startsWith("/auth")) return "GET token"
  if (place === "/info") return "GET info"
  if (/\bbulk-delete\b/.test(query)) return "POST bulk delete"
  if (/\bmultipart-manifest=put\b/.test(query)) return "PUT manifest"
  if (/\bversion-id=/.test(query)) return `${method} version`
  if (/\bversions\b/.test(query)) return "GET versions"
  const depth = place.split("/").length - 3
  return `${method} ${["account", "container"][depth] ?? "object"}`
}

const program = (work: string): string => `
import json, logging, sys
from swiftclient.client import Connection
logging.disable(logging.CRITICAL)
auth, user, key, container = sys.argv[1:]
connection = Connection(auth, user, key, retries=3, starting_backoff=0.01, max_backoff=0.02)
${work}
`

const fieldsOf = ({ operation, body }: SentRequest) => {
  const text = Buffer.from(body ?? []).toString()
  return operation === "PUT manifest" ? jsonFields(text) : { body: text }
}

/** The subject before the server that a setup printed. */
export const subjectOf = ({ config, storage_url }: Setup): VendorDiffSubject<SwiftWork, Server, Injected> => {
  const start = Effect.fnUntraced(function* ({ operation }: SwiftWork, injected: ReadonlyArray<Injected>) {
    const { client, store } = yield* openClient(config)
    const container = yield* newContainer(store)
    yield* keepVersions(client, container)
    yield* store.createContainer!([`${container}-empty`])
    for (const [name, text] of [
      ["dir/object", "text"],
      ["old", "v1"],
      ["old", "v22"]
    ] as const) {
      yield* store.write([container, ...name.split("/")], Stream.make(Buffer.from(text)))
    }
    const target = Number(new URL(storage_url).port)
    const proxy = yield* recordingProxy({ target, operationOf, failing: { operation, injected } })
    return { server: { auth: `${proxy.origin}/auth/v1.0`, container }, requests: proxy.requests }
  })
  return {
    works,
    failures: {
      "unavailable once": [{ status: 503 }],
      "a token refused once": [{ status: 401 }],
      "a lost answer": ["apply-then-drop"]
    },
    classes: [
      ["header", "host", /^127\.0\.0\.1:\d+$/, "host and port"],
      ["header", "x-auth-token", /^AUTH_tk[0-9a-f]{32}$/, "a token"],
      ["header", "user-agent", /^python-swiftclient-[\d.]+$/, "the name of the client"],
      ["header", "x-copy-from", /^\/mooring-[0-9a-f]{12}\//, "a place in the container"],
      ["header", "destination", /^\/mooring-[0-9a-f]{12}\//, "a place in the container"],
      ["segment", "", /^mooring-[0-9a-f]{12}$/, "container"],
      ["segment", "", /^mooring-[0-9a-f]{12}-new$/, "container-new"],
      ["segment", "", /^mooring-[0-9a-f]{12}-empty$/, "container-empty"],
      ["parameter", "version-id", /^\d+\.\d{5}$/, "an id"],
      ["field", "body", /^\/mooring-[0-9a-f]{12}\/dir\/object\n\/mooring-[0-9a-f]{12}\/missing%20%C3%A9$/, "two names"],
      ["field", "0.path", /^\/mooring-[0-9a-f]{12}\/dir\/object$/, "a place in the container"]
    ],
    fields: fieldsOf,
    start: (work, injected) => Effect.orDie(start(work, injected)),
    theirs: ({ theirs }, { auth, container }) =>
      runProgram("/usr/bin/python3", ["-c", program(theirs), auth, config.user, config.key, container], {
        env: { no_proxy: "127.0.0.1" }
      }),
    ours: ({ ours }, { auth, container }) =>
      Effect.flatMap(openClient({ ...config, auth }), (opened) => ours({ ...opened, container }))
  }
}
