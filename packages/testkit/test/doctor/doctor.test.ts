/** A good plugin is right in every case that holds for it; each kind of bad one is noticed. */
import { assert, describe, it } from "@effect/vitest"
import type { ObjectStore, ProviderPlugin } from "@mooring/core"
import { stageOf, type Stage, type TestOptions } from "@mooring/core/ConnectionTest"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { blocks } from "../../src/bodies.ts"
import {
  examine,
  families,
  scoreOf,
  withService,
  type DoctorCase,
  type DoctorSubject,
  type Otherwise
} from "../../src/doctor/index.ts"
import { memorySubject } from "./memoryPlugin.ts"

type Subject = DoctorSubject & { readonly store: ObjectStore }
type Said = (stages: ReadonlyArray<Stage>, options: TestOptions, config: unknown) => Effect.Effect<ReadonlyArray<Stage>>

const all = (subject: DoctorSubject) => Object.values(families(subject)).flat()

/** The same plugin, whose connection test says something else. */
const saying = (plugin: ProviderPlugin.ProviderPlugin, say: Said): ProviderPlugin.ProviderPlugin => ({
  ...plugin,
  prepare: (raw) => {
    const prepared = plugin.prepare(raw)
    if (prepared.issues !== undefined) return prepared
    return {
      ...prepared,
      test: (options) => Effect.flatMap(prepared.test(options), (stages) => say(stages, options, raw))
    }
  }
})

const rightCase = (subject: DoctorSubject): DoctorCase => ({
  name: "what is right",
  arrange: withService(subject, ({ at }) => ({ at, write: true })),
  finding: "passed"
})

/** What an examination of the bad plugin dies of. */
const brokenPromise = Effect.fnUntraced(function* (subject: Subject, say: Said) {
  const exit = yield* Effect.exit(examine({ ...subject, plugin: saying(subject.plugin, say) }, rightCase(subject)))
  assert.isTrue(Exit.isFailure(exit), "nothing was noticed")
  return Exit.isFailure(exit) ? Cause.pretty(exit.cause) : ""
})

const passing = (stages: ReadonlyArray<Stage>) => stages.map(({ stage }) => stageOf(stage, "passed", 0))

describe("the doctor", () => {
  it.live("is right about a good plugin in every generic case", () =>
    Effect.gen(function* () {
      const subject = yield* memorySubject()
      const cases = all(subject)
      const score = yield* scoreOf(subject, cases)
      const wrong = score.split("\n").filter((line) => line.startsWith("WRONG"))
      assert.deepStrictEqual(wrong, [])
      assert.isAbove(cases.length, 60)
    })
  )

  it.live("counts against a plugin that accepts everything whatever should fail", () =>
    Effect.gen(function* () {
      const subject = yield* memorySubject()
      const accepted = (stages: ReadonlyArray<Stage>) =>
        passing(stages).map((one) => (one.stage === "read" ? stageOf("read", "skipped", 0) : one))
      const plugin = saying(subject.plugin, (stages) => Effect.succeed(accepted(stages)))
      const cases = all(subject)
      const score = yield* scoreOf({ ...subject, plugin }, cases)
      const right = cases.filter(({ name }) => score.includes(`right | ${name} |`))
      const expected = cases.filter(({ finding }) => finding === "passed" || finding.startsWith("options "))
      assert.deepStrictEqual(
        right.map(({ name }) => name),
        expected.map(({ name }) => name)
      )
      assert.include(score, `${expected.length} of ${cases.length} right`)
    })
  )

  it.live("counts against a plugin that blames the wrong option, or says too little", () =>
    Effect.gen(function* () {
      const subject = yield* memorySubject()
      const [unknown] = families(subject).network
      const told = (change: Partial<Stage>) =>
        saying(subject.plugin, (stages) =>
          Effect.succeed(stages.map((one) => (one.outcome === "failed" ? { ...one, ...change } : one)))
        )
      for (const change of [{ pointer: "#/key" }, { suggestion: "try again" }, { code: "timeout" as const }]) {
        const { right } = yield* examine({ ...subject, plugin: told(change) }, unknown!)
        assert.isFalse(right, JSON.stringify(change))
      }
    })
  )

  it.live("dies of a stage that is missing, twice, or out of order", () =>
    Effect.gen(function* () {
      const subject = yield* memorySubject()
      const changes: ReadonlyArray<(stages: ReadonlyArray<Stage>) => ReadonlyArray<Stage>> = [
        (stages) => stages.slice(1),
        (stages) => [...stages, ...stages.slice(-1)],
        (stages) => stages.toReversed()
      ]
      for (const change of changes) {
        const broken = yield* brokenPromise(subject, (stages) => Effect.succeed(change(stages)))
        assert.include(broken, "what is right")
      }
      const few = { ...subject, stages: ["connect", "list", "write"] as const }
      const plugin = saying(subject.plugin, (stages) =>
        Effect.succeed(stages.filter(({ stage }) => few.stages.some((one) => one === stage)))
      )
      assert.isTrue((yield* examine({ ...few, plugin }, rightCase(subject))).right)
    })
  )

  it.live("dies of what is left behind or taken away", () =>
    Effect.gen(function* () {
      const subject = yield* memorySubject()
      const { store } = subject
      const left = yield* brokenPromise(subject, (stages) =>
        Effect.as(Effect.orDie(store.write(["place", "left"], blocks("text"))), stages)
      )
      assert.include(left, "left behind: place/left")
      const removed = yield* brokenPromise(subject, (stages) =>
        Effect.as(Effect.orDie(store.remove(["place", "left"])), stages)
      )
      assert.include(removed, "something was removed")
    })
  )

  it.live("permits what a refused removal leaves, and no less", () =>
    Effect.gen(function* () {
      const subject = yield* memorySubject()
      let count = 0
      const plugin = saying(subject.plugin, (stages) => {
        count += 1
        return Effect.as(Effect.orDie(subject.store.write(["place", `left-${count}`], blocks("text"))), stages)
      })
      const arrange = withService(subject, ({ at }) => ({ at, write: true, leaves: 1 }))
      const one: DoctorCase = { name: "leaves", arrange, finding: "passed" }
      assert.isTrue((yield* examine({ ...subject, plugin }, one)).right)
      assert.isTrue(Exit.isFailure(yield* Effect.exit(examine(subject, one))))
    })
  )

  it.live("dies of a secret in any text, and does not repeat it", () =>
    Effect.gen(function* () {
      const subject = yield* memorySubject()
      const secret = "c2VjcmV0/with+signs=="
      const { service } = subject
      const arrange = Effect.map(service, ({ origin }) => ({ config: { endpoint: origin, key: ` ${secret} ` } }))
      const wrong: DoctorCase = {
        name: "wrong",
        arrange,
        finding: "authenticate failed auth_invalid #/key",
        suggestion: "key"
      }
      assert.isTrue((yield* examine(subject, wrong)).right)
      for (const shown of [secret, encodeURIComponent(secret)]) {
        for (const member of ["detail", "suggestion", "requestId"] as const) {
          const plugin = saying(subject.plugin, (stages) =>
            Effect.succeed(stages.map((stage) => ({ ...stage, [member]: `it is ${shown}` })))
          )
          const exit = yield* Effect.exit(examine({ ...subject, plugin }, wrong))
          assert.isTrue(Exit.isFailure(exit), member)
          if (Exit.isFailure(exit)) assert.notInclude(Cause.pretty(exit.cause), shown)
        }
      }
      const plugin: typeof subject.plugin = {
        ...subject.plugin,
        prepare: () => ({ issues: [{ pointer: "#/key", code: "invalid_value", detail: `must not be ${secret}` }] })
      }
      assert.isTrue(Exit.isFailure(yield* Effect.exit(examine({ ...subject, plugin }, wrong))))
    })
  )

  it.live("dies of what passed and does not work", () =>
    Effect.gen(function* () {
      const subject = yield* memorySubject()
      yield* Effect.orDie(subject.store.remove(["place", "object"]))
      const broken = yield* brokenPromise(subject, (stages) => Effect.succeed(passing(stages)))
      assert.match(broken, /not_found|no object can be read/)
    })
  )

  it.live("wants a suggestion wherever something is found, and names that are told apart", () =>
    Effect.gen(function* () {
      const subject = yield* memorySubject()
      const [unknown] = families(subject).network
      const { suggestion: _, ...silent } = unknown!
      assert.isTrue(Exit.isFailure(yield* Effect.exit(examine(subject, silent))))
      assert.isTrue(Exit.isFailure(yield* Effect.exit(scoreOf(subject, [unknown!, unknown!]))))
    })
  )

  it.live("refuses to be told otherwise of no case, or in nothing", () =>
    Effect.gen(function* () {
      const { otherwise: _, ...subject } = yield* memorySubject()
      const slip = "network: a host name that does not exist"
      const told = (name: string, other: Otherwise) => () => families({ ...subject, otherwise: { [name]: other } })
      assert.throws(told(`${slip}!`, { suggestion: "none" }), /no case/)
      assert.throws(told(slip, { suggestion: "slips" }), /in nothing/)
      const { network } = told(slip, { inapplicable: "names are not resolved" })()
      assert.isFalse(network.some(({ name }) => name === slip))
      const expected = told(slip, { suggestion: "a name" })().network.find(({ name }) => name === slip)
      assert.deepStrictEqual(
        [expected?.finding, expected?.suggestion],
        ["resolve failed dns_failed #/endpoint", "a name"]
      )
    })
  )
})
