/**
 * Temporary links beside those of the vendor's own client: `MOORING_SETUP` is what the setup's `up` printed.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { createHmac } from "node:crypto"
import { execFileSync } from "node:child_process"
import { unknownCluster } from "../src/api/info.ts"
import { linkSignature, type LinkDigest } from "../src/signature.ts"
import { openClient } from "./openClient.ts"

const { config, setup, other } = JSON.parse(process.env["MOORING_SETUP"] ?? "")

/** Signatures of python3-swiftclient, which gives them in hex but for SHA-512. */
const signer = `
import json, sys
from swiftclient.utils import generate_temp_url
for method, expires, path, key, digest in json.load(sys.stdin):
    print(generate_temp_url(path, expires, key, method, absolute=True, digest=digest).rpartition("?temp_url_sig=")[2])
`

/** Characters of all lengths in UTF-8, and such as URLs and HTTP treat in their own way. */
const alphabet = [..."abcXYZ019-._~ /%+?#&=;:,'\"\\<>é€𐍈本\u00a0"]
const digests: ReadonlyArray<LinkDigest> = ["sha1", "sha256", "sha512"]

/** The same texts in each run: digests of a counter pick the characters. */
const textOf = (seed: string, length: number): string =>
  [...createHmac("sha512", "links").update(seed).digest().subarray(0, length)]
    .map((byte) => alphabet[byte % alphabet.length])
    .join("")

const links = Array.from({ length: 10_000 }, (_, index) => ({
  key: Redacted.make(`k${textOf(`key ${index}`, index % 40)}`),
  digest: digests[index % 3] as LinkDigest,
  method: index % 2 === 0 ? ("GET" as const) : ("PUT" as const),
  expires: 1_700_000_000 + index * 7919,
  storageUrl: "https://store.example.com/v1/AUTH_account",
  target: { container: `c${index % 7}`, key: `o${textOf(`name ${index}`, 1 + (index % 60))}` }
}))

/** A signature as the client writes it. */
const written = (signature: string, digest: LinkDigest): string =>
  digest === "sha512" ? `sha512:${Buffer.from(signature, "hex").toString("base64url")}` : signature

describe("temporary links", () => {
  it("have the signatures of the vendor's client, 10,000 times", () => {
    const asked = links.map(({ key, digest, method, expires, target }) => {
      const path = `/v1/AUTH_account/${target.container}/${target.key}`
      return [method, expires, path, Redacted.value(key), digest]
    })
    const input = JSON.stringify(asked)
    const vendor = execFileSync("/usr/bin/python3", ["-c", signer], { input, encoding: "utf8", maxBuffer: 2 ** 24 })
    const ours = links.map((link) => {
      const signature = written(linkSignature(link), link.digest)
      return `${signature}&temp_url_expires=${link.expires}`
    })
    assert.deepStrictEqual(vendor.trimEnd().split("\n"), ours)
  })

  it.live("are signed by what the service permits", () =>
    Effect.gen(function* () {
      const { store } = yield* openClient(config)
      const { url } = yield* store.presign!(["container", "object"], "GET", 60)
      const signature = new URL(url).searchParams.get("temp_url_sig") ?? ""
      assert.strictEqual(signature.length, setup === "ceph" ? 40 : 64)
    }).pipe(Effect.scoped)
  )

  it.live("are refused with the way out where there is no key, no such service, or no such end", () =>
    Effect.gen(function* () {
      const path = ["container", "object"]
      const stranger = yield* openClient({ ...config, ...other })
      const { reason } = yield* Effect.flip(stranger.store.presign!(path, "GET", 60))
      if (setup === "tempauth") assert.strictEqual(reason._tag, "permission_denied")
      else assert.deepStrictEqual([reason._tag, reason.suggestion?.includes("Temp-URL-Key")], ["unsupported", true])
      const without = yield* openClient(config, { info: unknownCluster })
      assert.strictEqual((yield* Effect.flip(without.store.presign!(path, "GET", 60))).reason._tag, "unsupported")
      const { store } = yield* openClient(config)
      for (const seconds of [0, -1, 1.5, Infinity, Number.NaN]) {
        assert.strictEqual((yield* Effect.flip(store.presign!(path, "GET", seconds))).reason._tag, "invalid_value")
      }
    }).pipe(Effect.scoped)
  )
})
