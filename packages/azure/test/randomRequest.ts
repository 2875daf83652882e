/**
 * Random requests and grants, the same for the same seed.
 */
import type { DelegationKey, ObjectGrant } from "../src/sas.ts"
import { encodeKey, encodeQuery } from "../src/percent.ts"

/** Numbers from 0 to 1 by the seed (mulberry32). */
const randomOf = (seed: number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const toolsOf = (seed: number) => {
  const random = randomOf(seed)
  const below = (limit: number) => Math.floor(random() * limit)
  const pick = <A>(values: ReadonlyArray<A>): A => values[below(values.length)] as A
  const text = (alphabet: string, length: number) => Array.from({ length }, () => pick([...alphabet])).join("")
  return { below, pick, text, some: (chance: number) => random() < chance }
}

const letters = "abcdefghijklmnopqrstuvwxyz"
const nameCharacters = `${letters}ABC019 -_.~!*'()+&=?#%/:;,@$éß東🚀`

/** A request of any operation, with what is signed with. */
export const randomRequest = (seed: number) => {
  const { below, pick, some, text } = toolsOf(seed)
  const method = pick(["GET", "HEAD", "PUT", "POST", "DELETE"] as const)
  const headers: Record<string, string> = { "x-ms-version": "2022-11-02" }
  const maybe = (name: string, value: () => string) => {
    if (some(0.3)) headers[name] = value()
  }
  maybe("content-length", () => String(below(3) * below(1e6)))
  maybe("content-md5", () => Buffer.from(text(letters, 16)).toString("base64"))
  maybe("content-type", () => pick(["text/plain", "application/xml; charset=utf-8", "application/octet-stream"]))
  maybe("if-match", () => `"0x${text("0123456789ABCDEF", 15)}"`)
  maybe("if-none-match", () => "*")
  maybe("range", () => `bytes=${below(100)}-${100 + below(100)}`)
  maybe("x-ms-blob-type", () => "BlockBlob")
  maybe("x-ms-blob-content-type", () => "text/html")
  maybe("x-ms-blob-content-md5", () => Buffer.from(text(letters, 16)).toString("base64"))
  maybe("x-ms-blob-cache-control", () => `max-age=${below(100)}`)
  maybe("x-ms-access-tier", () => "Cool")
  maybe("x-ms-copy-source", () => `https://a.blob.core.windows.net/c/${encodeKey(text(nameCharacters, below(12)))}`)
  for (let count = below(8); count > 0; count -= 1) {
    headers[`x-ms-meta-${pick([...letters])}${text("ab019_", below(8))}`] = text(
      `${letters} 09:;,`,
      1 + below(12)
    ).trim()
  }
  const query = ["comp", "restype", "prefix", "marker", "delimiter", "include", "maxresults", "blockid", "timeout"]
    .filter(() => some(0.3))
    .map((name) => `${name}=${encodeQuery(text(nameCharacters, 1 + below(12)))}`)
  return {
    account: text(letters, 3 + below(10)),
    key: Buffer.from(text(nameCharacters, 32)).toString("base64"),
    method,
    path: `/${text(letters, 8)}/${encodeKey(text(nameCharacters.replaceAll(".", ""), below(20)))}${query.length === 0 ? "" : `?${query.join("&")}`}`,
    headers
  }
}

/** A grant, with what it is signed with. */
export const randomGrant = (seed: number) => {
  const { below, pick, some, text } = toolsOf(seed)
  const expires = 1_700_000_000_000 + below(1e9) * 1000
  const grant: ObjectGrant = {
    permissions: pick(["r", "cw", "rcw", "rd"]),
    ...(some(0.5) && { starts: expires - 3_600_000 }),
    expires,
    container: text(letters, 8),
    name: text(nameCharacters, 1 + below(20)),
    protocol: pick(["https", "https,http"] as const)
  }
  const delegation: Omit<DelegationKey, "value"> = {
    objectId: text("0123456789abcdef-", 36),
    tenantId: text("0123456789abcdef-", 36),
    starts: "2026-11-23T10:00:00Z",
    expires: "2026-11-24T10:00:00Z",
    service: "b",
    version: "2022-11-02"
  }
  return { account: text(letters, 8), key: Buffer.from(text(nameCharacters, 32)).toString("base64"), grant, delegation }
}
