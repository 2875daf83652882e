/** The valid requests of version 2 that the mutations start from. */
import { base64Md5, bucket, temporaryKey, type Fixture } from "./fixture.ts"
import type { AccessKey } from "../index.ts"
import { linkV2, signV2 } from "./wireV2.ts"

/** As a Date header has it. */
export const now = (): string => new Date().toUTCString()

/** In a minute, in seconds since 1970. */
const soon = (): string => String(Math.floor(Date.now() / 1000) + 60)

export const puttingV2 = ({ host }: Fixture, key?: AccessKey, date = now()) => {
  const md5 = base64Md5("hello")
  const headers = {
    date,
    "content-md5": md5,
    "content-type": "text/plain",
    "x-amz-meta-ab": "2",
    "x-amz-meta-a-b": " blue ",
    "X-Amz-Meta-A": "1"
  }
  const amzHeaders = ["x-amz-meta-a:1", "x-amz-meta-a-b:blue", "x-amz-meta-ab:2"]
  const lines = ["PUT", md5, "text/plain", date, ...amzHeaders, "/bucket/a%20b%2Bc"]
  return signV2({ method: "PUT", host, path: "/bucket/a%20b%2Bc", headers, body: "hello", lines }, key)
}

/** A GET at this path, with what its resource is signed as. */
export const gettingV2 = (host: string, path: string, resource: string) => {
  const date = now()
  return signV2({ method: "GET", host, path, headers: { date }, lines: ["GET", "", "", date, resource] })
}

const temporary = ({ host }: Fixture) => {
  const date = now()
  const token = temporaryKey.sessionToken ?? ""
  const headers = { date, "x-amz-security-token": token }
  const lines = ["GET", "", "", date, `x-amz-security-token:${token}`, "/bucket/stored"]
  return signV2({ method: "GET", host, path: "/bucket/stored", headers, lines }, temporaryKey)
}

const link = ({ host }: Fixture) => {
  const expires = soon()
  const resource = "/bucket/stored?response-content-type=text/a b"
  const lines = ["GET", "", "", expires, resource]
  return linkV2({ host, path: "/bucket/stored?response-content-type=text%2Fa%20b", lines }, expires)
}

/** A link of a temporary key. */
export const temporaryLink = ({ host }: Fixture) => {
  const expires = soon()
  const token = temporaryKey.sessionToken ?? ""
  const lines = ["GET", "", "", expires, `x-amz-security-token:${token}`, "/bucket/stored"]
  const path = `/bucket/stored?x-amz-security-token=${encodeURIComponent(token)}`
  return linkV2({ host, path, lines }, expires, temporaryKey)
}

/** Each of these is accepted as it is, where version 2 is. */
export const basesV2 = {
  version2: async (fixture: Fixture) => puttingV2(fixture),
  version2Host: async ({ double }: Fixture) =>
    gettingV2(`${bucket}.localhost:${double.port}`, "/stored", "/bucket/stored"),
  version2Uploads: async ({ host }: Fixture) => gettingV2(host, "/bucket?prefix=a&uploads", "/bucket?uploads"),
  version2Temporary: async (fixture: Fixture) => temporary(fixture),
  version2Link: async (fixture: Fixture) => link(fixture)
}
