/**
 * Requests that look random and are the same for the same seed, and the vendor's signer for each.
 */
import { SignatureV4 } from "@smithy/signature-v4"
import * as Redacted from "effect/Redacted"
import { createHash } from "node:crypto"
import { encodeKey, encodeQuery, unsignedPayload } from "../src/signature.ts"
import { Sha256 } from "./double/cases/Sha256.ts"

/** Numbers of mulberry32, and what is picked with them. */
const randomOf = (seed: number) => {
  let state = seed
  const next = (below: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
  const pick = <A>(values: ReadonlyArray<A>): A => values[next(values.length)] as A
  const characters = [
    ..."abzAZ019-_.~!*'();:@&=+$,/?#[] %\"<>\\^`{|}\u0001\t\r\n\u007f\u00a0\u00e9e\u0301\u2028\u65e5\u{1f600}\ufeff"
  ]
  const text = (longest: number) => Array.from({ length: next(longest + 1) }, () => pick(characters)).join("")
  const some = <A>(value: () => A): A | undefined => (next(2) === 0 ? value() : undefined)
  return { next, pick, text, some }
}

/** Few secrets for many requests, so that signing keys are found in the cache. */
const secrets = Array.from({ length: 7 }, (_, index) => Redacted.make(`secret${index}/+=`))

/** Bytes that are no UTF-8 are in keys only: the vendor's signer encodes the query itself and knows no such text. */
const keyStarts = ["", "a//b/", "../x/./", "..", "/", "bucket/", "%2e%2e/", "\udcff\udc80", "a+b c/"]

const present = <A>(entries: Readonly<Record<string, A | undefined>>): Record<string, A> =>
  Object.fromEntries(Object.entries(entries).filter((entry): entry is [string, A] => entry[1] !== undefined))

/** A request of this seed: its parts as the vendor's signer takes them, and the path as it is sent. */
export const randomRequest = (seed: number) => {
  const { next, pick, text, some } = randomOf(seed)
  const query: Record<string, string | Array<string>> = Object.fromEntries(
    Array.from({ length: next(6) }, (_, index) => [
      `${text(4)}${index}`,
      next(5) === 0 ? Array.from({ length: 1 + next(3) }, () => text(6)) : text(12)
    ])
  )
  const encoded = Object.entries(query).flatMap(([name, values]) =>
    [values].flat().map((value) => `${encodeQuery(name)}=${encodeQuery(value)}`)
  )
  const address = `/${encodeKey(pick(keyStarts) + text(30))}`
  return {
    method: pick(["GET", "PUT", "POST", "DELETE", "HEAD"]),
    address,
    query,
    path: encoded.length === 0 ? address : `${address}?${encoded.join("&")}`,
    host: pick(["localhost:9000", "bucket.s3.eu-west-1.amazonaws.com", "127.0.0.1", "[::1]:9000"]),
    /** Without those of `amzHeaders`. */
    headers: present({
      range: some(() => `bytes=${next(9)}-`),
      "content-type": some(() => `text/plain;  charset="${text(5)}"`),
      "content-md5": some(() => createHash("md5").update(text(5)).digest("base64")),
      "if-match": some(() => `"${next(1000)}"`),
      "user-agent": some(() => "left out"),
      "cache-control": some(() => "no-cache"),
      expect: some(() => "100-continue")
    }),
    amzHeaders: present({
      "x-amz-meta-a": some(() => `  two   spaces ${text(8)}  `),
      "x-amz-meta-a-b": some(() => text(8)),
      "x-amz-copy-source": some(() => `/b/${encodeKey(text(8))}`)
    }),
    payloadHash: pick([unsignedPayload, createHash("sha256").update(text(20)).digest("hex")]),
    expiresIn: 1 + next(604_800),
    context: {
      accessKeyId: `AK${next(1000)}`,
      secretAccessKey: pick(secrets),
      ...(next(2) === 0 && { sessionToken: Redacted.make(`token/${next(1000)}+=`) }),
      region: pick(["us-east-1", "eu-central-1", "ap-southeast-7", "us-gov-west-1", "auto", "default", "a_b.c"]),
      service: "s3" as const,
      time: Date.UTC(1990 + next(60), next(12), 1 + next(28), next(24), next(60), next(60), next(1000))
    }
  }
}

export type RandomRequest = ReturnType<typeof randomRequest>

/** The vendor's signer with the credentials of a request. */
export const vendorSignerOf = ({ context }: Pick<RandomRequest, "context">) =>
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

/** A request as the vendor's signer takes it, with these headers and the host. */
export const vendorRequestOf = (
  { method, host, address, query }: Pick<RandomRequest, "method" | "host" | "address" | "query">,
  headers: Readonly<Record<string, string>>
) => ({ method, protocol: "https:", hostname: host, path: address, query, headers: { host, ...headers } })
