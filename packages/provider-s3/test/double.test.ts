import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { admissionCases } from "./double/cases/admissionCases.ts"
import { bases } from "./double/cases/bases.ts"
import { stored, storedBody, withFixture, type Fixture } from "./double/cases/fixture.ts"
import { mutationCases } from "./double/cases/mutationCases.ts"
import { refusalCases } from "./double/cases/refusalCases.ts"
import { send } from "./double/cases/wire.ts"
import { behaviours, type BehaviourId, type S3DoubleOptions } from "./double/index.ts"

const against = (run: (fixture: Fixture) => Promise<unknown>, options?: S3DoubleOptions) =>
  Effect.promise(() => withFixture(run, options))

const rejection = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => assert.fail("it was answered"),
    (thrown: Error) => thrown
  )

const title = (id: string) => `${behaviours[id as BehaviourId].evidence}: ${behaviours[id as BehaviourId].rule}`

describe("the vendor's client", () => {
  for (const [id, admission] of admissionCases)
    it.effect(title(id), () =>
      against(async (fixture) => {
        await admission.run(fixture)
        assert.isNotEmpty(fixture.double.requests)
        assert.deepStrictEqual(
          fixture.double.requests.filter(({ status }) => status >= 400),
          []
        )
      }, admission.options)
    )
})

describe("a valid request, changed in one thing", () => {
  for (const [id, { base, mutate, status, code, tells = "", options }] of Object.entries(mutationCases))
    it.effect(title(id), () =>
      against(async (fixture) => {
        const valid = await bases[base](fixture)
        const accepted = await send(fixture.double.port, valid)
        assert.strictEqual(accepted.status, 200, accepted.body)
        const refused = await send(fixture.double.port, await mutate(valid, fixture))
        assert.deepStrictEqual([refused.status, refused.code], [status, code], refused.body)
        assert.include(refused.body, tells)
        assert.match(refused.body, /<RequestId>[\dA-F]{16}<\/RequestId>/)
        assert.deepInclude(fixture.double.requests.at(-1), { status, code })
      }, options)
    )
})

describe("an operation's refusal", () => {
  for (const [id, { run, status, code, options }] of Object.entries(refusalCases))
    it.effect(title(id), () =>
      against(async (fixture) => {
        const error = await run(fixture).then(
          () => undefined,
          (thrown: { name: string; $metadata?: { httpStatusCode?: number } }) => thrown
        )
        assert.deepStrictEqual([error?.$metadata?.httpStatusCode, error?.name], [status, code], String(error))
        assert.strictEqual(fixture.double.requests.at(-1)?.status, status)
      }, options)
    )
})

describe("an injection", () => {
  const reading = ({ client }: Fixture) => client.send(new GetObjectCommand(stored))

  it.effect("answers the next matching request only", () =>
    against(async (fixture) => {
      const body = "<Error><Code>SlowDown</Code><Message>Reduce</Message></Error>"
      fixture.double.injectNext({ operation: "PutObject" }, { status: 500 })
      fixture.double.injectNext({ operation: "GetObject", target: /stored/ }, { status: 503, body })
      const error = await rejection(reading(fixture))
      assert.strictEqual(error.name, "SlowDown")
      assert.strictEqual(await (await reading(fixture)).Body?.transformToString(), storedBody)
    })
  )

  it.effect("drops the connection before or after the operation", () =>
    against(async (fixture) => {
      const put = (Key: string) => fixture.client.send(new PutObjectCommand({ ...stored, Key, Body: Key }))
      fixture.double.injectNext({ method: "PUT" }, "drop")
      fixture.double.injectNext({ method: "PUT" }, "apply-then-drop")
      assert.instanceOf(await rejection(put("lost")), Error)
      assert.instanceOf(await rejection(put("applied")), Error)
      assert.sameMembers([...fixture.double.buckets.get("bucket")!.objects.keys()], ["stored", "applied"])
      assert.deepStrictEqual(
        fixture.double.requests.map(({ status }) => status),
        [0, 0]
      )
    })
  )

  it.effect("cuts the body short", () =>
    against(async (fixture) => {
      fixture.double.injectNext({}, { truncateTo: 5 })
      const { Body } = await reading(fixture)
      assert.instanceOf(await rejection(Body!.transformToString()), Error)
    })
  )
})

describe("a public bucket", () => {
  it.effect("is read by anyone and written by nobody", () =>
    against(
      async ({ double, host }) => {
        const anonymous = (method: string, body: string) =>
          send(double.port, {
            method,
            target: "/bucket/stored",
            headers: { host, "content-length": String(body.length) },
            body
          })
        assert.strictEqual((await anonymous("GET", "")).body, storedBody)
        assert.strictEqual((await anonymous("PUT", "x")).code, "AccessDenied")
      },
      { buckets: [{ name: "bucket", publicRead: true }] }
    )
  )
})
