import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { admissionCases } from "./double/cases/admissionCases.ts"
import { bases } from "./double/cases/bases.ts"
import { storedBlob, storedBody, textOf, withFixture, type Fixture } from "./double/cases/fixture.ts"
import { mutationCases } from "./double/cases/mutationCases.ts"
import { refusalCases } from "./double/cases/refusalCases.ts"
import { send } from "./double/cases/wire.ts"
import { behaviours, type AzureDoubleOptions, type BehaviourId } from "./double/index.ts"

const against = (run: (fixture: Fixture) => Promise<unknown>, options?: AzureDoubleOptions) =>
  Effect.promise(() => withFixture(run, options))

interface Thrown {
  readonly statusCode?: number
  readonly code?: string
  readonly response?: { readonly headers: { readonly get: (name: string) => string | undefined } }
}

const rejection = (promise: Promise<unknown>): Promise<Thrown> =>
  promise.then(
    () => assert.fail("it was answered"),
    (thrown: Thrown) => thrown
  )

const title = (id: string) => `${behaviours[id as BehaviourId].evidence}: ${behaviours[id as BehaviourId].rule}`

describe("the vendor's client", () => {
  for (const [id, run, options] of admissionCases)
    it.effect(title(id), () =>
      against(async (fixture) => {
        await run(fixture)
        assert.isNotEmpty(fixture.double.requests)
        assert.deepStrictEqual(
          fixture.double.requests.filter(({ status }) => status >= 400),
          []
        )
      }, options)
    )
})

describe("a valid request, changed in one thing", () => {
  for (const [id, { base, mutate, status, code, options }] of Object.entries(mutationCases))
    it.effect(title(id), () =>
      against(async (fixture) => {
        const valid = await bases[base]()
        const accepted = await send(fixture.double.port, valid)
        assert.isBelow(accepted.status, 300, accepted.body)
        const refused = await send(fixture.double.port, await mutate(valid))
        assert.deepStrictEqual([refused.status, refused.code], [status, code], refused.body)
        assert.include(refused.body, `<Code>${code}</Code>`)
        assert.deepInclude(fixture.double.requests.at(-1), { status, code })
      }, options)
    )
})

describe("an operation's refusal", () => {
  for (const [id, { run, status, code, options }] of Object.entries(refusalCases))
    it.effect(title(id), () =>
      against(async (fixture) => {
        const thrown = await rejection(run(fixture))
        const told = thrown.response?.headers.get("x-ms-error-code")
        assert.deepStrictEqual([thrown.statusCode, told], [status, code], String(thrown))
        assert.deepInclude(fixture.double.requests.at(-1), { status, code })
      }, options)
    )
})

describe("an injection", () => {
  it.effect("answers the next matching request only", () =>
    against(async (fixture) => {
      fixture.double.injectNext({ operation: "PutBlob" }, { status: 500 })
      const headers = { "x-ms-error-code": "ServerBusy" }
      fixture.double.injectNext({ operation: "GetBlob", target: /stored/ }, { status: 503, headers })
      assert.strictEqual((await rejection(storedBlob(fixture).download())).statusCode, 503)
      assert.strictEqual(await textOf(storedBlob(fixture)), storedBody)
    })
  )
  it.effect("drops the connection before or after the operation", () =>
    against(async (fixture) => {
      const put = (name: string) => fixture.container.getBlockBlobClient(name).upload("x", 1)
      fixture.double.injectNext({ method: "PUT" }, "drop")
      fixture.double.injectNext({ method: "PUT" }, "apply-then-drop")
      await rejection(put("lost"))
      await rejection(put("applied"))
      assert.sameMembers([...fixture.double.containers.get("container")!.places.keys()], ["stored", "applied"])
      assert.deepStrictEqual(
        fixture.double.requests.map(({ status }) => status),
        [0, 0]
      )
    })
  )
  it.effect("cuts the body short", () =>
    against(async (fixture) => {
      fixture.double.injectNext({ operation: "GetBlob" }, { truncateTo: 5 })
      const { readableStreamBody } = await storedBlob(fixture).download(0, undefined, { maxRetryRequests: 0 })
      const reading = async () => {
        for await (const _ of readableStreamBody!) continue
      }
      assert.isDefined(await rejection(reading()))
    })
  )
})
