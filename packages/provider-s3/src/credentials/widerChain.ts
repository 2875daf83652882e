/**
 * The other sources that clients of AWS know: web identity, containers, instances, sign-ins, roles and programs. The
 * vendor's package for them is an optional peer that is loaded when nothing else has credentials.
 *
 * It reads environment, files and network by itself, so it runs only where policy permits the environment as a whole.
 */
import { StorageError } from "@mooring/core"
import type { AmbientShape } from "@mooring/core/Ambient"
import * as Effect from "effect/Effect"
import { firstOf } from "./environment.ts"
import { credentialsFrom } from "./keyPair.ts"
import type { SharedFiles } from "./sharedFiles.ts"
import type { S3Credentials } from "./CredentialSource.ts"

/** What is used of the package. */
export interface ChainModule {
  readonly fromNodeProviderChain: (options: {
    readonly profile?: string
    readonly filepath?: string
    readonly configFilepath?: string
  }) => () => Promise<{
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly sessionToken?: string
    readonly expiration?: Date
  }>
}

const peer = "@aws-sdk/credential-providers"

/** Loads the package; rejects if it is not installed. */
export const loadChain = (): Promise<ChainModule> => import("@aws-sdk/credential-providers")

/** An instance without the service that gives credentials answers nothing at all. */
const patience = 15_000

const names = {
  accessKeyId: "the access key",
  secretAccessKey: "the secret",
  sessionToken: "the session token"
}

/**
 * The credentials that the chain finds. `reason` says why it is asked, to begin the sentence of a failure. Fails with
 * `auth_invalid`, or with `ambient_credentials_forbidden` where policy denies the environment: nothing is loaded then.
 */
export const fromWiderChain = Effect.fnUntraced(function* (
  ambient: AmbientShape,
  { profile, named, credentials, config = credentials }: SharedFiles,
  reason: string,
  load: () => Promise<ChainModule> = loadChain
) {
  const home = yield* firstOf(ambient, "HOME", "USERPROFILE")
  const expand = (path: string) => (home === "" ? path : path.replace(/^~(?=\/|$)/, () => home))
  const chain = yield* Effect.tryPromise({
    try: load,
    catch: () =>
      StorageError.of("auth_invalid", `${reason}; to look further, the package ${peer} is needed`, {
        suggestion: `npm install ${peer}`
      })
  })
  const failed = StorageError.of("auth_invalid", `${reason}, and the other sources of AWS clients gave none`)
  const options = { filepath: expand(credentials), configFilepath: expand(config), ...(named && { profile }) }
  const found = yield* Effect.tryPromise({
    try: () => chain.fromNodeProviderChain(options)(),
    catch: () => failed
  }).pipe(Effect.timeoutOrElse({ duration: patience, orElse: () => Effect.fail(failed) }))
  const texts = { ...found, sessionToken: found.sessionToken ?? "" }
  const pair = yield* Effect.fromResult(credentialsFrom(texts, names, "what the other sources of AWS clients gave"))
  if (pair === undefined) return yield* failed
  return { ...pair, ...(found.expiration && { expires: found.expiration.getTime() }) } satisfies S3Credentials
})
