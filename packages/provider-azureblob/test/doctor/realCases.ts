/** Misconfigurations of a real server. */
import { families, family, withService, type Config, type DoctorSubject, type Service } from "@mooring/testkit/doctor"
import type { Path } from "@mooring/core"
import { blocks } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import { randomBytes } from "node:crypto"
import { AzureBlob } from "../../src/index.ts"
import { openWith, settingsOf } from "../store.ts"

/** What a setup prints of its server. */
export interface Setup {
  readonly config: { readonly account: string; readonly key: string; readonly endpoint: string }
}

/** A new container with `blob` in it, emptied and removed with the Scope. */
const makeContainer = Effect.fnUntraced(function* (config: Setup["config"]) {
  const container = `doctor-${randomBytes(6).toString("hex")}`
  const { store } = yield* openWith(settingsOf(config))
  yield* Effect.acquireRelease(store.createContainer!([container]), () =>
    Effect.gen(function* () {
      const { entries } = yield* store.listPage([container], { recursive: true })
      yield* store.removeMany!(entries.map(({ path }) => path))
      yield* store.removeContainer!([container])
    }).pipe(Effect.orDie)
  )
  yield* store.write([container, "blob"], blocks("text"))
  return [container] satisfies Path
})

/** The server as the generic families need it. */
export const realSubject = ({ config }: Setup): DoctorSubject => ({
  plugin: AzureBlob,
  optionsFor: (endpoint) => ({ ...config, endpoint: `${endpoint}/${config.account}` }),
  endpoint: "#/endpoint",
  api: "blob service",
  signsTime: true,
  service: Effect.orDie(
    Effect.map(makeContainer(config), (at): Service => ({ origin: new URL(config.endpoint).origin, at }))
  ),
  otherwise: {}
})

export const realCases = (setup: Setup) => {
  const subject = realSubject(setup)
  const generic = families(subject)
  const given = (config: Config, place?: Path) => withService(subject, ({ at }) => ({ config, at: place ?? at }))
  const [right] = generic.endpoint
  return [
    ...(right === undefined ? [] : [right]),
    ...generic.faults,
    ...family("place", [
      { name: "the account, and all containers listed", arrange: given({}, []), finding: "passed" },
      {
        name: "a container that does not exist",
        arrange: given({}, ["missing"]),
        finding: "list failed not_found -",
        suggestion: "a container that exists"
      },
      {
        name: "a blob as the place",
        arrange: withService(subject, ({ at }) => ({ at: [...at, "blob"] })),
        finding: "list failed not_a_directory -",
        suggestion: "the directory around it"
      },
      {
        name: "a blob that is in the archive",
        arrange: Effect.gen(function* () {
          const situation = yield* withService(subject, ({ at }) => ({ at }))
          const { store } = yield* openWith(settingsOf(setup.config))
          yield* store.setTier!([...(situation.at ?? []), "blob"], "Archive")
          return situation
        }).pipe(Effect.orDie),
        finding: "read unverified archived_tier -",
        suggestion: "rehydrate"
      }
    ]),
    ...family("credentials", [
      {
        // Azurite does not say that it is the signature.
        name: "the key of another account",
        arrange: given({ key: Buffer.from("another").toString("base64") }),
        finding: "list failed permission_denied #/key",
        suggestion: "one of the two keys of this account"
      },
      {
        name: "no key",
        arrange: given({ key: "" }),
        finding: "list failed permission_denied #/key",
        suggestion: "use another identity"
      },
      {
        name: "a key and options of other identities, which are not used",
        arrange: given({ tenant: "t", client_id: "c", use_msi: true }),
        finding: "passed"
      }
    ])
  ]
}
