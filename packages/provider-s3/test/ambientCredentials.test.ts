import { assert, describe, it } from "@effect/vitest"
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { inspect } from "node:util"
import { ambientCredentials } from "../src/credentials/ambientCredentials.ts"
import type { AmbientSource } from "../src/credentials/CredentialSource.ts"
import { loadChain, type ChainModule } from "../src/credentials/widerChain.ts"
import { fakeAmbient, type Machine } from "./fakeAmbient.ts"
import { reasonOf } from "./reasonOf.ts"

const source = (changes: Partial<AmbientSource> = {}): AmbientSource => ({
  kind: "ambient",
  environment: true,
  profile: undefined,
  file: undefined,
  ...changes
})
const alone = (changes: Partial<AmbientSource>) => source({ environment: false, ...changes })

const keys = (id: string, more = "") => `aws_access_key_id=${id}\naws_secret_access_key=CANARY-${id}\n${more}`
const env = { AWS_ACCESS_KEY_ID: "ENV", AWS_SECRET_ACCESS_KEY: "CANARY-ENV" }
const usual = "~/.aws/credentials"
const config = "~/.aws/config"

const absent = () => Promise.reject(new Error("CANARY"))
const found = (machine: Machine, from: AmbientSource, load: () => Promise<ChainModule> = absent) =>
  ambientCredentials(fakeAmbient(machine).door, from, load)
const idOf = (...args: Parameters<typeof found>) => Effect.map(found(...args), ({ accessKeyId }) => accessKeyId)

/** Pointer and text of the refusal, in which nothing secret is. */
const refusal = Effect.fnUntraced(function* (...args: Parameters<typeof found>) {
  const reason = yield* reasonOf(found(...args))
  assert.notInclude(inspect(reason, { depth: null }), "CANARY")
  return reason
})

describe("the environment", () => {
  it.effect("has keys under new and old names, with a token", () =>
    Effect.gen(function* () {
      const { accessKeyId, secretAccessKey, sessionToken } = yield* found(
        { env: { AWS_ACCESS_KEY: "OLD", AWS_SECRET_KEY: "s", AWS_SESSION_TOKEN: "t" } },
        source()
      )
      assert.deepStrictEqual(
        [accessKeyId, Redacted.value(secretAccessKey), sessionToken && Redacted.value(sessionToken)],
        ["OLD", "s", "t"]
      )
      assert.strictEqual(yield* idOf({ env: { ...env, AWS_ACCESS_KEY: "OLD" } }, source()), "ENV")
    })
  )

  it.effect("refuses half a pair and broken keys, by name and without the text", () =>
    Effect.gen(function* () {
      const half = yield* refusal({ env: { AWS_SECRET_ACCESS_KEY: "CANARY" } }, source())
      assert.deepStrictEqual([half._tag, half.pointer], ["auth_invalid", "#/env_auth"])
      assert.include(half.detail, "AWS_ACCESS_KEY_ID is missing")
      const broken = yield* refusal({ env: { ...env, AWS_SESSION_TOKEN: "CANARY\r\nx: y" } }, source())
      assert.include(broken.detail, "AWS_SESSION_TOKEN in the environment must be ASCII")
    })
  )

  it.effect("comes before the files, and after a profile that an option names", () =>
    Effect.gen(function* () {
      const machine = { env: { ...env, AWS_PROFILE: "p" }, files: { [usual]: `[p]\n${keys("FILE")}`, "/f": "" } }
      assert.strictEqual(yield* idOf(machine, source()), "ENV")
      assert.strictEqual(yield* idOf(machine, source({ file: "/f" })), "ENV")
      assert.strictEqual(yield* idOf(machine, source({ profile: "p" })), "FILE")
      assert.strictEqual(yield* idOf(machine, alone({ profile: "p" })), "FILE")
    })
  )
})

describe("the shared files", () => {
  it.effect("are where the environment says, else in the home folder", () =>
    Effect.gen(function* () {
      const files = {
        [usual]: `[default]\n${keys("HOME")}`,
        [config]: `[profile p]\n${keys("CONFIG")}`,
        "/c": `[p]\n${keys("MOVED")}`,
        "/g": `[profile q]\n${keys("GONE")}`
      }
      assert.strictEqual(yield* idOf({ files }, source()), "HOME")
      assert.strictEqual(yield* idOf({ files, env: { AWS_PROFILE: "p" } }, source()), "CONFIG")
      assert.strictEqual(
        yield* idOf({ files, env: { AWS_SHARED_CREDENTIALS_FILE: "/c" } }, alone({ profile: "p" })),
        "MOVED"
      )
      assert.strictEqual(yield* idOf({ files, env: { AWS_CONFIG_FILE: "/g" } }, alone({ profile: "q" })), "GONE")
    })
  )

  it.effect("that an option names is read alone, in either form, without a look at the environment", () =>
    Effect.gen(function* () {
      const files = {
        [usual]: `[default]\n${keys("HOME")}`,
        "/f": `[default]\n${keys("D")}\n[profile p]\n${keys("P")}`
      }
      const { door, asked } = fakeAmbient({ files, env: { AWS_PROFILE: "p" } })
      assert.strictEqual((yield* ambientCredentials(door, alone({ file: "/f" }))).accessKeyId, "D")
      assert.strictEqual((yield* ambientCredentials(door, alone({ file: "/f", profile: "p" }))).accessKeyId, "P")
      assert.deepStrictEqual(asked, ["/f", "/f"])
    })
  )

  it.effect("never lend half a pair to each other", () =>
    Effect.gen(function* () {
      const files = {
        [usual]: "[p]\naws_access_key_id=CANARY",
        [config]: `[profile p]\n${keys("C", "aws_session_token=t")}`
      }
      const half = yield* refusal({ files }, alone({ profile: "p" }))
      assert.include(half.detail, "aws_secret_access_key is missing beside aws_access_key_id in profile p")
      const whole = { ...files, [usual]: `[p]\n${keys("F")}` }
      assert.isUndefined((yield* found({ files: whole }, alone({ profile: "p" }))).sessionToken)
    })
  )

  it.effect("that cannot be read are blamed on the option that chose them", () =>
    Effect.gen(function* () {
      const missing = yield* refusal({}, source({ file: "/none" }))
      assert.deepStrictEqual([missing._tag, missing.pointer], ["auth_invalid", "#/shared_credentials_file"])
      const denied = StorageError.of("permission_denied", "the file may not be read")
      assert.deepStrictEqual((yield* refusal({ files: { [config]: denied } }, source())).pointer, "#/env_auth")
      assert.deepStrictEqual(
        (yield* refusal({ files: { [config]: denied } }, source({ profile: "p" }))).pointer,
        "#/profile"
      )
      const binary = yield* refusal({ files: { "/f": "CANARY\0" } }, alone({ file: "/f", profile: "p" }))
      assert.deepStrictEqual(binary.pointer, "#/shared_credentials_file")
      assert.include(binary.detail, "not text")
      const forbidden = StorageError.of("server_path_forbidden", "no")
      const policy = yield* refusal({ files: { "/f": forbidden } }, alone({ file: "/f" }))
      assert.deepStrictEqual([policy._tag, policy.pointer], ["server_path_forbidden", "#/shared_credentials_file"])
    })
  )

  it.effect("without the profile, or without keys in it, say so, and no other identity is taken", () =>
    Effect.gen(function* () {
      const files = { [usual]: `[default]\n${keys("HOME")}\n[empty]\nregion=x` }
      for (const from of [source({ profile: "none" }), alone({ profile: "none" })]) {
        const reason = yield* refusal({ files }, from)
        assert.deepStrictEqual([reason._tag, reason.pointer], ["auth_invalid", "#/profile"])
        assert.include(reason.detail, "there is no profile none")
      }
      assert.include((yield* refusal({ files, env: { AWS_PROFILE: "none" } }, source())).detail, "no profile none")
      assert.include(
        (yield* refusal({ files }, alone({ profile: "empty" }))).detail,
        "profile empty has no credentials"
      )
      const lone = yield* refusal({ files: { "/f": "" } }, alone({ file: "/f" }))
      assert.deepStrictEqual(lone.pointer, "#/shared_credentials_file")
    })
  )

  it.effect("that ask for more than keys name what, with env_auth and without", () =>
    Effect.gen(function* () {
      const asks = [
        "role_arn=arn\nsource_profile=default",
        `role_arn=arn\n${keys("IGNORED")}`,
        "source_profile=q",
        "credential_source=Ec2InstanceMetadata",
        "web_identity_token_file=/t",
        "sso_session=s",
        "sso_start_url=https://x",
        "sso_account_id=1",
        "sso_role_name=r",
        "sso_region=r",
        "login_session=arn",
        "credential_process=/bin/x CANARY"
      ]
      for (const ask of asks) {
        const files = { [config]: `[profile p]\n${ask}` }
        const property = ask.slice(0, ask.indexOf("="))
        const without = yield* refusal({ files }, alone({ profile: "p" }))
        assert.deepStrictEqual([without._tag, without.pointer], ["auth_invalid", "#/profile"])
        assert.match(without.detail, new RegExp(`^profile p .*${property}.*env_auth`))
        const withEnv = yield* refusal({ files }, source({ profile: "p" }))
        assert.match(withEnv.detail, new RegExp(`^profile p .*${property}.*@aws-sdk/credential-providers`))
        assert.strictEqual(withEnv.suggestion, "npm install @aws-sdk/credential-providers")
      }
      assert.strictEqual(
        yield* idOf({ files: { [usual]: `[p]\n${keys("K", "sso_session=s")}` } }, source({ profile: "p" })),
        "K"
      )
    })
  )
})

describe("the wider chain", () => {
  const chain = (answer: () => Promise<object>, seen: Array<unknown> = []) => {
    const module = {
      fromNodeProviderChain: (options: unknown) => {
        seen.push(options)
        return answer
      }
    }
    return { seen, load: () => Promise.resolve(module as ChainModule) }
  }

  it.effect("is asked when nothing else has credentials, and knows when they expire", () =>
    Effect.gen(function* () {
      const expiration = new Date(1_800_000_000_000)
      const pair = { accessKeyId: "WIDE", secretAccessKey: "s", sessionToken: "t", expiration }
      const { load, seen } = chain(() => Promise.resolve(pair))
      const machine = { env: { HOME: "/h", AWS_CONFIG_FILE: "/g" }, files: { "/g": "[profile p]\nrole_arn=a" } }
      const { accessKeyId, expires } = yield* found(machine, source(), load)
      assert.deepStrictEqual([accessKeyId, expires], ["WIDE", 1_800_000_000_000])
      yield* found(machine, source({ profile: "p" }), load)
      const files = { filepath: "/h/.aws/credentials", configFilepath: "/g" }
      assert.deepStrictEqual(seen, [files, { ...files, profile: "p" }])
    })
  )

  it.effect("is not asked without env_auth, nor when there are keys", () =>
    Effect.gen(function* () {
      const load = () => assert.fail("is loaded")
      yield* found({ env }, source(), load)
      yield* found({ files: { [usual]: `[default]\n${keys("K")}` } }, source(), load)
      yield* refusal({ files: { [config]: "[profile p]\nrole_arn=a" } }, alone({ profile: "p" }), load)
      yield* refusal({}, alone({ profile: "p" }), load)
    })
  )

  it.effect("that fails or gives no keys says so in our words", () =>
    Effect.gen(function* () {
      const answers = [
        () => Promise.reject(new Error("CANARY")),
        () => Promise.resolve({ accessKeyId: "", secretAccessKey: "" })
      ]
      for (const answer of answers) {
        const reason = yield* refusal({}, source(), chain(answer).load)
        assert.deepStrictEqual([reason._tag, reason.pointer], ["auth_invalid", "#/env_auth"])
        assert.include(reason.detail, "neither the environment nor the shared files have credentials")
      }
    })
  )

  it.live("of the vendor runs a program that a profile names", () =>
    Effect.gen(function* () {
      const { mkdtempSync, rmSync, writeFileSync } = yield* Effect.promise(() => import("node:fs"))
      const folder = yield* Effect.acquireRelease(
        Effect.sync(() => mkdtempSync("/tmp/mooring-chain-")),
        (path) => Effect.sync(() => rmSync(path, { recursive: true }))
      )
      const path = `${folder}/file`
      const answer = JSON.stringify({ Version: 1, AccessKeyId: "RUN", SecretAccessKey: "s" })
      writeFileSync(`${folder}/answer`, answer)
      const text = `[p]\ncredential_process = cat ${folder}/answer\n`
      writeFileSync(path, text)
      const from = source({ profile: "p", file: path })
      assert.strictEqual(yield* idOf({ files: { [path]: text } }, from, loadChain), "RUN")
    })
  )
})
