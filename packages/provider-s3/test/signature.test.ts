import { assert, describe, it } from "@effect/vitest"
import { SignatureV4 } from "@smithy/signature-v4"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { createHash, createHmac, type Hash, type Hmac } from "node:crypto"
import { inspect } from "node:util"
import { encodeKey, encodeQuery, presignV4, signV4, unsignedPayload } from "../src/signature.ts"
import { documentedLink, documentedSignatures } from "./data/documentedSignatures.ts"

const example = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: Redacted.make("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
  region: "us-east-1",
  service: "s3" as const,
  time: Date.UTC(2013, 4, 24)
}

/** SHA-256 and HMAC as the vendor's signer wants them. */
class Sha256 {
  readonly #hash: Hash | Hmac
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", secret as Uint8Array)
  }
  update(data: string | ArrayBuffer | ArrayBufferView) {
    this.#hash.update(data as Uint8Array)
  }
  digest() {
    return Promise.resolve(new Uint8Array(this.#hash.digest()))
  }
  reset() {}
}

/** Numbers that look random and are the same in each run (mulberry32). */
const randomOf = (seed: number) => {
  let state = seed
  const next = (below: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
  const pick = <A>(values: ReadonlyArray<A>): A => values[next(values.length)] as A
  const characters = [..."abzAZ019-_.~!*'();:@&=+$,/?#[] %\"<>\\^`{|}\u0001\t\u00e9\u2028\u65e5\u{1f600}"]
  const text = (longest: number) => Array.from({ length: next(longest + 1) }, () => pick(characters)).join("")
  return { next, pick, text }
}

/** Few secrets for many requests, so that signing keys are found in the cache. */
const secrets = Array.from({ length: 7 }, (_, index) => Redacted.make(`secret${index}/+=`))

const randomRequest = (seed: number) => {
  const { next, pick, text } = randomOf(seed)
  const query = Object.fromEntries(Array.from({ length: next(5) }, (_, index) => [`${text(4)}${index}`, text(12)]))
  const encoded = Object.entries(query).map(([name, value]) => `${encodeQuery(name)}=${encodeQuery(value)}`)
  const address = `/${encodeKey(pick(["", "a//b/", "../x/./", "bucket/"]) + text(30))}`
  return {
    method: pick(["GET", "PUT", "POST", "DELETE", "HEAD"]),
    address,
    query,
    path: encoded.length === 0 ? address : `${address}?${encoded.join("&")}`,
    host: pick(["localhost:9000", "bucket.s3.eu-west-1.amazonaws.com", "127.0.0.1"]),
    headers: {
      ...(next(2) === 0 && { range: "bytes=0-9" }),
      ...(next(2) === 0 && { "x-amz-meta-a": `  two   spaces ${next(9)}  ` }),
      ...(next(2) === 0 && { "user-agent": "left out", "cache-control": "no-cache", expect: "100-continue" }),
      ...(next(2) === 0 && { "content-type": "text/plain; charset=utf-8" })
    } as Record<string, string>,
    payloadHash: pick([unsignedPayload, createHash("sha256").update(text(20)).digest("hex")]),
    context: {
      accessKeyId: `AK${next(1000)}`,
      secretAccessKey: pick(secrets),
      ...(next(2) === 0 && { sessionToken: Redacted.make(`token/${next(1000)}+=`) }),
      region: pick(["us-east-1", "eu-central-1", "auto"]),
      service: "s3" as const,
      time: Date.UTC(2026, next(12), 1 + next(28), next(24), next(60), next(60), next(1000))
    }
  }
}

const vendorOf = ({ context }: ReturnType<typeof randomRequest>) =>
  new SignatureV4({
    service: "s3",
    region: context.region,
    credentials: {
      accessKeyId: context.accessKeyId,
      secretAccessKey: Redacted.value(context.secretAccessKey),
      ...(context.sessionToken && { sessionToken: Redacted.value(context.sessionToken) })
    },
    sha256: Sha256,
    uriEscapePath: false
  })

const vendorRequest = (request: ReturnType<typeof randomRequest>, headers: Record<string, string>) => ({
  method: request.method,
  protocol: "https:",
  hostname: request.host,
  path: request.address,
  query: request.query,
  headers: { host: request.host, ...headers }
})

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

  it.effect("agrees with the vendor's signer on 1,000 requests", () =>
    Effect.gen(function* () {
      for (let seed = 0; seed < 1000; seed++) {
        const request = randomRequest(seed)
        const { method, path, host, headers, payloadHash, context } = request
        const ours = signV4({ method, path, headers: { ...headers, host }, payloadHash }, context)
        const theirs = yield* Effect.promise(() =>
          vendorOf(request).sign(vendorRequest(request, { ...headers, "x-amz-content-sha256": payloadHash }), {
            signingDate: new Date(context.time)
          })
        )
        assert.strictEqual(ours["authorization"], theirs.headers["authorization"], `${seed}: ${method} ${path}`)
      }
    })
  )

  it("signs the query in any order, and paths that look the same as different", () => {
    const signed = (path: string) => signatureIn(signV4({ ...documentedSignatures[3], path }, example))
    assert.strictEqual(signed("/?prefix=J&max-keys=2"), documentedSignatures[3].signature)
    assert.strictEqual(signed("/?a=2&b=&a=1"), signed("/?b&a=1&a=2"))
    assert.strictEqual(new Set(["/a/b", "/a//b", "/a/./b", "/a/b/", "/a%2Fb", "/c/../a/b"].map(signed)).size, 6)
  })

  it.effect("sorts names that are repeated by their values, as the vendor's signer does", () =>
    Effect.gen(function* () {
      const query = { a: ["2", "", "10", "1"] }
      const request = { ...randomRequest(1), method: "GET", address: "/", headers: {}, payloadHash: unsignedPayload }
      const theirs = yield* Effect.promise(() =>
        vendorOf(request).sign(
          { ...vendorRequest(request, { "x-amz-content-sha256": unsignedPayload }), query },
          { signingDate: new Date(request.context.time) }
        )
      )
      const headers = { host: request.host }
      const ours = signV4({ ...request, headers, path: "/?a=2&a=&a=10&a=1" }, request.context)
      assert.strictEqual(ours["authorization"], theirs.headers["authorization"])
    })
  )

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

  it.effect("agrees with the vendor's signer on 200 requests", () =>
    Effect.gen(function* () {
      for (let seed = 0; seed < 200; seed++) {
        const random = randomRequest(seed)
        // The vendor's signer puts every x-amz-* header into the query.
        const query = { ...random.query, "x-amz-content-sha256": unsignedPayload }
        const separator = random.path.includes("?") ? "&" : "?"
        const path = `${random.path}${separator}x-amz-content-sha256=${unsignedPayload}`
        const { method, host: name, context } = random
        const link = presignV4({ method, path, headers: { host: name }, expiresIn: 60 + seed }, context)
        const theirs = yield* Effect.promise(() =>
          vendorOf(random).presign(vendorRequest({ ...random, query }, { "x-amz-content-sha256": unsignedPayload }), {
            signingDate: new Date(context.time),
            expiresIn: 60 + seed
          })
        )
        assert.strictEqual(
          /X-Amz-Signature=(\w+)$/.exec(link)?.[1],
          theirs.query?.["X-Amz-Signature"],
          `${seed}: ${link}`
        )
      }
    })
  )
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
