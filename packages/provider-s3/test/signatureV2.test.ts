import { assert, describe, it } from "@effect/vitest"
import { sendPresigned } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { inspect } from "node:util"
import { presignV2, signatureV2, signV2, type SignableRequestV2 } from "../src/signatureV2.ts"
import { documentedLinkV2, documentedSignaturesV2 } from "./data/documentedSignaturesV2.ts"
import { send } from "./double/cases/wire.ts"
import { defaultAccessKey, startS3Double } from "./double/index.ts"
import type { RawRequest } from "./double/rawRequest.ts"
import { verifySignatureV2 } from "./double/verifySignatureV2.ts"
import { everyCall } from "./everyCall.ts"
import { host, mebibyte, openDouble } from "./openDouble.ts"

const example = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: Redacted.make("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
  time: Date.UTC(2007, 2, 27, 19, 36, 42)
}
const key = { accessKeyId: example.accessKeyId, secretAccessKey: Redacted.value(example.secretAccessKey) }

/** A request as the double reads it. */
const received = (method: string, target: string, headers: Readonly<Record<string, string>>): RawRequest => {
  const [path = "", query = ""] = target.split("?")
  return {
    method,
    target,
    path,
    rawQuery: query.split("&").flatMap((part) => {
      const [name = "", ...value] = part.split("=")
      return name === "" ? [] : [[name, value.join("=")] as const]
    }),
    headers: Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const),
    body: Buffer.alloc(0)
  }
}

const hostOf = (bucket: string | undefined) => (bucket === undefined ? "localhost" : `${bucket}.localhost`)

describe("signatureV2", () => {
  it("gives the signatures of the documentation, and the double takes them", () => {
    for (const { title, date, signature, ...request } of documentedSignaturesV2) {
      assert.strictEqual(signatureV2(request, date, example.secretAccessKey), signature, title)
      const authorization = `AWS ${key.accessKeyId}:${signature}`
      const headers = { ...request.headers, host: hostOf(request.hostBucket), date, authorization }
      const verifier = { accessKeys: [key], now: Date.parse(date) }
      assert.strictEqual(verifySignatureV2(received(request.method, request.path, headers), verifier), key, title)
    }
  })
})

describe("signV2", () => {
  const request: SignableRequestV2 = { method: "GET", path: "/b/k", headers: { host: "h", "x-amz-meta-a": "1" } }

  it("adds a date and the signature to the headers of the request, without host", () => {
    const headers = signV2(request, example)
    assert.deepStrictEqual(Object.keys(headers), ["x-amz-meta-a", "date", "authorization"])
    assert.strictEqual(headers["date"], "Tue, 27 Mar 2007 19:36:42 GMT")
    assert.match(headers["authorization"] ?? "", /^AWS AKIAIOSFODNN7EXAMPLE:[\w+/]{27}=$/)
  })

  it("signs all that has a part in the request, and of the query what names a part of a resource", () => {
    const base = { ...request, path: "/b/k?prefix=a&partNumber=1&uploadId=x" }
    const signed = (changes: Partial<SignableRequestV2>) => signV2({ ...base, ...changes }, example)["authorization"]
    const others = [
      signed({ method: "PUT" }),
      signed({ path: "/b/l?prefix=a&partNumber=1&uploadId=x" }),
      signed({ path: "/b/k?prefix=a&partNumber=2&uploadId=x" }),
      signed({ path: "/b/k?prefix=a&partNumber=1" }),
      signed({ hostBucket: "b" }),
      signed({ headers: { ...base.headers, "x-amz-meta-a": "2" } }),
      ...["x-amz-acl", "content-md5", "content-type"].map((name) =>
        signed({ headers: { ...base.headers, [name]: "x" } })
      )
    ]
    assert.strictEqual(new Set([signed({}), ...others]).size, others.length + 1)
    assert.strictEqual(signed({ path: "/b/k?uploadId=%78&prefix=b&partNumber=1" }), signed({}))
    assert.strictEqual(signed({ headers: { ...base.headers, range: "bytes=0-1" } }), signed({}))
  })

  it("signs a session token, and shows neither it nor the secret in what it does not belong to", () => {
    const context = { ...example, sessionToken: Redacted.make("token/+=") }
    const headers = signV2(request, context)
    assert.strictEqual(headers["x-amz-security-token"], "token/+=")
    assert.notStrictEqual(headers["authorization"], signV2(request, example)["authorization"])
    assert.notInclude(inspect(headers), "wJalrXUtn")
  })
})

describe("presignV2", () => {
  it("gives the link of the documentation", () => {
    const { path, hostBucket, expires, signature } = documentedLinkV2
    const request = { method: "GET", path, headers: {}, hostBucket, expiresIn: 60 }
    assert.strictEqual(
      presignV2(request, { ...example, time: (expires - 60) * 1000 + 999 }),
      `${path}?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=${expires}&Signature=${signature}`
    )
  })

  it("gives links that the double takes, with a session token and with overrides", () => {
    const context = { ...example, sessionToken: Redacted.make("token/+=") }
    const temporary = { ...key, sessionToken: "token/+=" }
    const path = "/b/a%20b%2B?response-content-type=text%2Fa%20b"
    const link = presignV2({ method: "GET", path, headers: { host: "localhost" }, expiresIn: 60 }, context)
    const verifier = { accessKeys: [temporary], now: example.time }
    assert.strictEqual(verifySignatureV2(received("GET", link, { host: "localhost" }), verifier), temporary)
  })
})

describe("a store that signs with version 2", () => {
  const parts = { chunkSize: 5 * mebibyte, uploadCutoff: 5 * mebibyte, copyCutoff: 5 * mebibyte }

  for (const [title, presignedUploads] of [
    ["in headers", false],
    ["in the query of uploads", true]
  ] as const)
    it.live(`does all that it does ${title}, and signs no hash of a body`, () =>
      Effect.gen(function* () {
        const { double, store, operations } = yield* openDouble(
          { signatureVersion: 2, presignedUploads, ...parts },
          { signatureVersion2: true }
        )
        const inHost = yield* Layer.build(host)
        yield* everyCall(store, ["b", "dir"], (request, body) => Effect.provide(sendPresigned(request, body), inHost))
        assert.includeMembers(operations(), ["UploadPart", "UploadPartCopy", "CopyObject", "DeleteObjects"])
        for (const { headers, path } of double.requests) {
          assert.match(headers["authorization"] ?? path, /^AWS AKIADOUBLE0{10}:|[?&]AWSAccessKeyId=/)
          assert.notProperty(headers, "x-amz-content-sha256")
        }
      })
    )

  it.effect("signs a bucket in the host name", () =>
    Effect.promise(async () => {
      const double = await startS3Double({ buckets: ["bucket"], signatureVersion2: true })
      const name = `bucket.localhost:${double.port}`
      const context = {
        accessKeyId: defaultAccessKey.accessKeyId,
        secretAccessKey: Redacted.make(defaultAccessKey.secretAccessKey),
        time: Date.now()
      }
      const request = { method: "GET", path: "/?uploads=", headers: { host: name }, hostBucket: "bucket" }
      const headers = { ...signV2(request, context), host: name }
      const answer = await send(double.port, { method: "GET", target: request.path, headers, body: "" })
      await double.close()
      assert.include(answer.body, "ListMultipartUploadsResult")
    })
  )
})
