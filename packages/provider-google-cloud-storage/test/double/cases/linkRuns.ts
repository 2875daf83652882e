/** Signed URLs as the vendor's client makes them. */
import { assert } from "@effect/vitest"
import type { GetSignedUrlConfig } from "@google-cloud/storage"
import type { Admission } from "./Admission.ts"
import { bucket, stored, storedBody, type Fixture } from "./fixture.ts"
import { file, read } from "./objectRuns.ts"
import { send, signedTarget } from "./wire.ts"

const sign = async (fixture: Fixture, name: string, config: Partial<GetSignedUrlConfig>): Promise<string> => {
  const options = { version: "v4", action: "read", expires: Date.now() + 60_000, ...config } as const
  return (await file(fixture, name).getSignedUrl(options))[0]
}

export const linkRuns = {
  signedRead: {
    run: async (fixture) => {
      const name = "ü/a b+c%d"
      await file(fixture, name).save("bytes", { resumable: false })
      assert.strictEqual(await (await fetch(await sign(fixture, stored, {}))).text(), storedBody)
      assert.strictEqual(await (await fetch(await sign(fixture, name, {}))).text(), "bytes")
    }
  },
  signedOverrides: {
    run: async (fixture) => {
      const overrides = { responseType: "text/html", responseDisposition: "inline" }
      const { headers } = await fetch(await sign(fixture, stored, overrides))
      const told = [headers.get("content-type"), headers.get("content-disposition")]
      assert.deepStrictEqual(told, ["text/html", "inline"])
    }
  },
  signedWrite: {
    run: async (fixture) => {
      const extensionHeaders = { "x-goog-meta-colour": "red" }
      const url = await sign(fixture, "new", { action: "write", contentType: "text/html", extensionHeaders })
      const headers = { "content-type": "text/html", ...extensionHeaders }
      assert.strictEqual((await fetch(url, { method: "PUT", headers, body: "bytes" })).status, 200)
      assert.strictEqual(await read(fixture, "new"), "bytes")
      const [{ contentType, metadata }] = await file(fixture, "new").getMetadata()
      assert.deepStrictEqual([contentType, metadata], ["text/html", { colour: "red" }])
    }
  },
  signedDelete: {
    run: async (fixture) => {
      const answer = await fetch(await sign(fixture, stored, { action: "delete" }), { method: "DELETE" })
      assert.strictEqual(answer.status, 204)
      assert.strictEqual(fixture.double.buckets.get(bucket)?.objects.size, 0)
    }
  },
  signedHost: {
    run: async ({ double, host }) => {
      for (const signed of [host, "127.0.0.1"]) {
        const target = signedTarget({ method: "GET", path: `/${bucket}/${stored}`, host: signed })
        const { body } = await send(double.port, { method: "GET", target, headers: { host }, body: "" })
        assert.strictEqual(body, storedBody)
      }
    }
  }
} satisfies Record<string, Admission>
