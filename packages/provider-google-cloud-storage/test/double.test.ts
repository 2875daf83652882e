import { assert, describe, it } from "@effect/vitest"
import { issue } from "@mooring/testkit/doctor"
import * as Effect from "effect/Effect"
import { get } from "node:https"
import { behaviours, type BehaviourId } from "./double/behaviours.ts"
import { admissionCases } from "./double/cases/admissionCases.ts"
import { bases, quantum } from "./double/cases/bases.ts"
import { bucket, stored, storedBody, withFixture, type Fixture } from "./double/cases/fixture.ts"
import { mutationCases } from "./double/cases/mutationCases.ts"
import { file, read } from "./double/cases/objectRuns.ts"
import { readRefusalCases } from "./double/cases/readRefusalCases.ts"
import { send } from "./double/cases/wire.ts"
import { defaultServiceAccount, startStorageDouble, type StorageDoubleOptions } from "./double/index.ts"

const against = (run: (fixture: Fixture) => Promise<unknown>, options?: StorageDoubleOptions) =>
  Effect.promise(() => withFixture(run, options))

/** Of @google-cloud/storage, or of the library below it. */
interface ReadError extends Error {
  readonly code?: number | string
  readonly status?: number
  readonly errors?: ReadonlyArray<{ readonly reason?: string }>
}

const rejection = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => assert.fail("it was answered"),
    (thrown: Error) => thrown
  )

const title = (id: string) => `${behaviours[id as BehaviourId].evidence}: ${behaviours[id as BehaviourId].rule}`

describe("what is asked for", () => {
  for (const [id, { run, options }] of Object.entries(admissionCases))
    it.effect(title(id), () =>
      against(async (fixture) => {
        await run(fixture)
        assert.isNotEmpty(fixture.double.requests)
        assert.deepStrictEqual(
          fixture.double.requests.filter(({ reason }) => reason !== undefined),
          []
        )
      }, options)
    )
})

describe("a valid request", () => {
  for (const [name, base] of Object.entries(bases))
    it.effect(`${name} is accepted`, () =>
      against(async (fixture) => {
        const { status, body } = await send(fixture.double.port, await base(fixture))
        assert.include([200, 204, 206, 308], status, body)
      })
    )
})

describe("a valid request, changed in one thing", () => {
  for (const [id, { base, mutate, status, reason, options, spent }] of Object.entries(mutationCases))
    it.effect(title(id), () =>
      against(async (fixture) => {
        const { double } = fixture
        const valid = await bases[base](fixture)
        const changed = await mutate(valid, fixture)
        const refused = await send(double.port, changed)
        assert.deepStrictEqual([refused.status, refused.reason], [status, reason], refused.body)
        assert.deepInclude(double.requests.at(-1), { status, path: changed.target })
        if (spent === true) return
        double.clockOffset = 0
        const accepted = await send(double.port, valid)
        assert.include([200, 204, 206, 308], accepted.status, accepted.body)
      }, options)
    )
})

describe("the vendor's client", () => {
  for (const [id, { run, status, reason, tells = "", options }] of Object.entries(readRefusalCases))
    it.effect(title(id), () =>
      against(async (fixture) => {
        const error = (await rejection(run(fixture))) as ReadError
        assert.deepStrictEqual([Number(error.code ?? error.status), error.errors?.[0]?.reason ?? ""], [status, reason])
        assert.include(error.message, tells)
        assert.strictEqual(fixture.double.requests.at(-1)?.status, status)
      }, options)
    )
})

describe("an injection", () => {
  it.effect("answers the next matching request only", () =>
    against(async (fixture) => {
      const body = '{"error":{"code":503,"message":"later","errors":[{"reason":"backendError"}]}}'
      fixture.double.injectNext({ operation: "objects.patch" }, { status: 500 })
      fixture.double.injectNext(
        { operation: "objects.get", target: /stored/ },
        { status: 503, body, headers: { "content-type": "application/json", "retry-after": "1" } }
      )
      const { port } = fixture.double
      const first = await send(port, bases.get(fixture))
      assert.deepStrictEqual([first.status, first.reason, first.headers["retry-after"]], [503, "backendError", "1"])
      assert.strictEqual((await send(port, bases.get(fixture))).status, 200)
    })
  )

  it.effect("waits until it is known who asks", () =>
    against(async (fixture) => {
      fixture.double.injectNext({}, { status: 503 })
      const valid = bases.get(fixture)
      const stranger = { ...valid, headers: { ...valid.headers, authorization: "Bearer none" } }
      assert.strictEqual((await send(fixture.double.port, stranger)).status, 401)
      assert.strictEqual((await send(fixture.double.port, valid)).status, 503)
    })
  )

  it.effect("drops the connection before or after the operation", () =>
    against(async (fixture) => {
      const put = (name: string) => {
        const valid = bases.media(fixture)
        return send(fixture.double.port, { ...valid, target: valid.target.replace("name=new", `name=${name}`) })
      }
      fixture.double.injectNext({ method: "POST" }, "drop")
      fixture.double.injectNext({ method: "POST" }, "apply-then-drop")
      assert.instanceOf(await rejection(put("lost")), Error)
      assert.instanceOf(await rejection(put("applied")), Error)
      assert.sameMembers([...fixture.double.buckets.get(bucket)!.objects.keys()], [stored, "applied"])
      assert.deepStrictEqual(
        fixture.double.requests.map(({ status }) => status),
        [0, 0]
      )
    })
  )

  it.effect("cuts the body short", () =>
    against(async (fixture) => {
      fixture.double.injectNext({ operation: "objects.download" }, { truncateTo: 5 })
      assert.instanceOf(await rejection(read(fixture)), Error)
      assert.strictEqual(await read(fixture), storedBody)
    })
  )

  it.effect("takes the beginning of a chunk, and the client asks how far it came", () =>
    against(async (fixture) => {
      const valid = await bases.chunk(fixture)
      fixture.double.injectNext({ operation: "uploads.put" }, { receive: 100 })
      assert.instanceOf(await rejection(send(fixture.double.port, valid)), Error)
      const question = { ...valid, headers: { ...valid.headers, "content-range": "bytes */*" }, body: "" }
      const asked = await send(fixture.double.port, question)
      assert.deepStrictEqual([asked.status, asked.headers["range"]], [308, "bytes=0-99"])
      const whole = await send(fixture.double.port, valid)
      assert.strictEqual(whole.headers["range"], `bytes=0-${quantum - 1}`)
    })
  )

  it.effect("holds an answer back until it is let go", () =>
    against(async (fixture) => {
      let release = () => {}
      const held = new Promise<void>((resolve) => {
        release = resolve
      })
      fixture.double.injectNext({ operation: "objects.download" }, { until: held })
      const waiting = read(fixture)
      await file(fixture, "other").save("bytes", { resumable: false })
      const operations = fixture.double.requests.map(({ operation }) => operation)
      assert.notInclude(operations, "objects.download")
      release()
      assert.strictEqual(await waiting, storedBody)
    })
  )
})

describe("a double with a certificate", () => {
  it.effect("speaks https, and says so in the addresses that it gives", () =>
    Effect.promise(async () => {
      const { certificate, key } = issue(["127.0.0.1"])
      const double = await startStorageDouble({ https: { key, cert: certificate } })
      const answer = new Promise<string>((resolve, reject) => {
        const target = `${double.endpoint}/storage/v1/b?project=${double.project}&fields=kind`
        const headers = { authorization: `Bearer ${double.tokenFor(defaultServiceAccount)}` }
        const request = get(target, { ca: certificate, headers, agent: false }, (response) => {
          response.setEncoding("utf8").on("data", resolve)
        })
        request.on("error", reject)
      })
      assert.strictEqual(await answer, '{"kind":"storage#buckets"}')
      assert.match(double.tokenUrl, /^https:/)
      await double.close()
    })
  )
})
