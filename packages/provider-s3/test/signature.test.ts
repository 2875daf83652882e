import { assert, describe, it } from "@effect/vitest"
import * as Redacted from "effect/Redacted"
import { inspect } from "node:util"
import { encodeKey, encodeQuery, presignV4, signV4 } from "../src/signature.ts"
import { documentedLink, documentedSignatures } from "./data/documentedSignatures.ts"

const example = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: Redacted.make("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
  region: "us-east-1",
  service: "s3" as const,
  time: Date.UTC(2013, 4, 24)
}

const signatureIn = (headers: Readonly<Record<string, string>>) =>
  /Signature=(\w+)$/.exec(headers["authorization"] ?? "")?.[1]

describe("signV4", () => {
  it("gives the signatures of the documentation", () => {
    for (const { title, signature, ...request } of documentedSignatures) {
      assert.strictEqual(signatureIn(signV4(request, example)), signature, title)
    }
  })

  it("adds to the headers of the request, without host", () => {
    const headers = signV4({ ...documentedSignatures[0], headers: { host: "h", range: "bytes=0-9" } }, example)
    assert.deepStrictEqual(Object.keys(headers), ["range", "x-amz-content-sha256", "x-amz-date", "authorization"])
    assert.strictEqual(headers["x-amz-date"], "20130524T000000Z")
    assert.include(headers["authorization"], "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,")
  })

  it("signs the query in any order, and paths that look the same as different", () => {
    const signed = (path: string) => signatureIn(signV4({ ...documentedSignatures[3], path }, example))
    assert.strictEqual(signed("/?prefix=J&max-keys=2"), documentedSignatures[3].signature)
    assert.strictEqual(signed("/?a=2&b=&a=1"), signed("/?b&a=1&a=2"))
    assert.strictEqual(new Set(["/a/b", "/a//b", "/a/./b", "/a/b/", "/a%2Fb", "/c/../a/b"].map(signed)).size, 6)
  })

  it("takes for white space in headers what HTTP does, and nothing else", () => {
    const signed = (value: string) =>
      signatureIn(signV4({ ...documentedSignatures[0], headers: { host: "h", "x-amz-meta-a": value } }, example))
    assert.strictEqual(signed(" a \t b\t"), signed("a b"))
    assert.strictEqual(new Set(["a b", "a\u00a0b", "\u00a0a b", "a b\ufeff", "a\u2028b"].map(signed)).size, 5)
  })

  it("does not confuse secrets, days and regions that share a cache", () => {
    const other = Redacted.make("another")
    const contexts = [
      example,
      { ...example, secretAccessKey: other },
      { ...example, region: "eu-west-1" },
      { ...example, time: Date.UTC(2013, 4, 25) }
    ]
    const sign = (context: typeof example) => signatureIn(signV4(documentedSignatures[0], context))
    assert.deepStrictEqual(contexts.map(sign), contexts.map(sign))
    assert.strictEqual(new Set(contexts.map(sign)).size, 4)
    for (let day = 0; day < 40; day++) sign({ ...example, time: example.time + day * 86_400_000 })
    assert.strictEqual(sign(example), documentedSignatures[0].signature)
  })

  it("shows the secret in nothing that it returns", () => {
    assert.notInclude(inspect(signV4(documentedSignatures[0], example)), "wJalrXUtn")
  })
})

describe("presignV4", () => {
  const host = "examplebucket.s3.amazonaws.com"

  it("gives the link of the documentation", () => {
    const { path, expiresIn, signature } = documentedLink
    const link = presignV4({ method: "GET", path, headers: { host }, expiresIn }, example)
    assert.strictEqual(
      link,
      "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3" +
        `%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=${signature}`
    )
  })
})

describe("encodeKey and encodeQuery", () => {
  it("escape all but the unreserved characters, in upper case", () => {
    assert.strictEqual(
      encodeKey("a/b c+d~e!*'()\u00e9%\u{1f600}\0"),
      "a/b%20c%2Bd~e%21%2A%27%28%29%C3%A9%25%F0%9F%98%80%00"
    )
    assert.strictEqual(encodeQuery("a/b=&"), "a%2Fb%3D%26")
    assert.strictEqual(encodeKey("a//b/../c/."), "a//b/../c/.")
  })

  it("give escaped bytes back as those bytes", () => {
    assert.strictEqual(encodeKey("a\udcffb\udc80"), "a%FFb%80")
  })
})
