/**
 * One case through the plugin, as a host would connect it: the options, the connection test, and the promises of both.
 */
import { assert } from "@effect/vitest"
import { MemoryBudget, ProviderPlugin, StorageError } from "@mooring/core"
import type { CallPolicy } from "@mooring/core/Call"
import { failedStage, stageNames, type Stage, type StageName } from "@mooring/core/ConnectionTest"
import { local } from "@mooring/core/EgressPolicy"
import { layer as ambientLayer } from "@mooring/core/NodeAmbient"
import { layer as transportLayer } from "@mooring/core/UndiciTransport"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { S3 } from "../../src/index.ts"
import { normalize } from "../../src/normalize.ts"
import { S3Config } from "../../src/S3Config.ts"
import { testConnectionUnder } from "../../src/testConnection.ts"
import type { S3Double } from "../double/index.ts"
import type { DoctorCase, Situation } from "./DoctorCase.ts"

export interface Examined {
  readonly name: string
  readonly expected: string
  readonly seen: string
  readonly right: boolean
}

/** The plugin, whose connection test is under another policy if there is one. */
const pluginUnder = (policy: CallPolicy | undefined) =>
  policy === undefined
    ? S3
    : ProviderPlugin.make({
        id: "s3",
        backendType: "s3",
        title: "Impatient",
        description: "",
        config: S3Config,
        normalize,
        testConnection: testConnectionUnder(policy),
        open: () => Effect.die("is not opened")
      })

type Prepared = Extract<ReturnType<typeof S3.prepare>, { readonly issues?: never }>

const hostOf = ({ hosts = [], transport }: Situation) =>
  Layer.mergeAll(
    transportLayer({
      policy: local,
      lookup: (host) =>
        host === "localhost" || hosts.includes(host)
          ? Effect.succeed(["127.0.0.1"])
          : Effect.fail(StorageError.of("dns_failed", `the host name ${host} did not resolve`)),
      ...transport
    }),
    ambientLayer({ env: {}, allow: "none" }),
    MemoryBudget.layer(8 * 1024 * 1024)
  )

/** The same effect on a machine whose clock is ahead by so many milliseconds. */
const shifted = <A, E, R>(effect: Effect.Effect<A, E, R>, offset: number) =>
  Clock.clockWith((clock) => {
    const now = () => clock.currentTimeMillisUnsafe() + offset
    const ahead: Clock.Clock = {
      currentTimeMillisUnsafe: now,
      currentTimeMillis: Effect.sync(now),
      monotonicTimeNanosUnsafe: () => clock.monotonicTimeNanosUnsafe(),
      monotonicTimeNanos: clock.monotonicTimeNanos,
      currentTimeNanosUnsafe: () => clock.currentTimeNanosUnsafe() + BigInt(offset) * 1_000_000n,
      currentTimeNanos: Effect.map(clock.currentTimeNanos, (nanos) => nanos + BigInt(offset) * 1_000_000n),
      sleep: (duration) => clock.sleep(duration)
    }
    return Effect.provideService(effect, Clock.Clock, ahead)
  })

const inventory = (double: S3Double | undefined) =>
  [...(double?.buckets.values() ?? [])].map(({ name, objects, uploads }) => [name, objects.size, uploads.size] as const)

/** What is said first: of the stage that failed, or of one that could not be told. */
const spoken = (stages: ReadonlyArray<Stage>) => failedStage(stages) ?? stages.find(({ code }) => code !== undefined)

/** What passed must work in the store that is opened then: listing, reading some object, writing and removing one. */
const works = Effect.fnUntraced(function* ({ open }: Prepared, { at = [] }: Situation, stages: ReadonlyArray<Stage>) {
  const { store } = yield* open
  const passed = (name: StageName) => stages.some(({ stage, outcome }) => stage === name && outcome === "passed")
  const { entries } = passed("list") ? yield* store.listPage(at) : { entries: [] }
  if (passed("read")) {
    const first = entries.filter(({ kind }) => kind === "object").map(({ path }) => Effect.scoped(store.read(path)))
    assert.isTrue((yield* Effect.forEach(first, Effect.isSuccess)).some((one) => one))
  }
  if (passed("write")) {
    const path = [...at, "works"]
    yield* store.write(path, Stream.make(Buffer.from("text")))
    yield* store.remove(path)
  }
})

const examined = Effect.fnUntraced(function* (situation: Situation) {
  const prepared = pluginUnder(situation.policy).prepare(situation.config)
  if (prepared.issues !== undefined) {
    const [first] = prepared.issues
    return {
      finding: `options ${prepared.issues.map(({ code, pointer }) => `${code} ${pointer}`).join(", ")}`,
      suggestion: first?.suggestion ?? first?.detail ?? ""
    }
  }
  const { at = [], write = false, double, leaves = 0 } = situation
  const before = inventory(double)
  const stages = yield* prepared.test({ at, write })
  const expected = before.map(([name, objects, uploads], index) => [
    name,
    objects + (index === 0 ? leaves : 0),
    uploads
  ])
  assert.deepStrictEqual<unknown>(inventory(double), expected)
  assert.deepStrictEqual(
    stages.map(({ stage }) => stage),
    stageNames.slice(0, write ? undefined : -1)
  )
  for (const secret of ["secret_access_key", "session_token"]) {
    const value = String(situation.config[secret] ?? "")
    if (value !== "") assert.notInclude(JSON.stringify(stages), value)
  }
  const said = spoken(stages)
  if (failedStage(stages) === undefined) yield* works(prepared, situation, stages)
  if (said === undefined) return { finding: "passed", suggestion: "" }
  const { stage, outcome, code, pointer = "-", suggestion = "" } = said
  return { finding: `${stage} ${outcome} ${code} ${pointer}`, suggestion }
})

const written = (finding: string, suggestion = "") => (suggestion === "" ? finding : `${finding} (${suggestion})`)

/** Ports and names of probes differ from run to run. */
const lasting = (text: string): string =>
  text.replace(/(?<=:)\d{4,5}\b/g, "PORT").replace(/mooring-test-[0-9a-f]{32}/, "mooring-test-ID")

/** Runs a case in a world of its own. */
export const examine = ({ name, arrange, finding, suggestion = "" }: DoctorCase) =>
  Effect.scoped(
    Effect.gen(function* () {
      assert.isTrue(finding === "passed" || suggestion !== "", `${name} expects no suggestion`)
      const situation = yield* arrange
      const host = yield* Layer.build(hostOf(situation))
      const seen = yield* shifted(Effect.provide(examined(situation), host), situation.clockOffset ?? 0)
      return {
        name,
        expected: written(finding, suggestion),
        seen: lasting(written(seen.finding, seen.suggestion)),
        right: seen.finding === finding && lasting(seen.suggestion).includes(suggestion)
      } satisfies Examined
    })
  )
