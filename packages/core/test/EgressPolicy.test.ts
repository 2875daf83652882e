import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import { endpointUrl, local, multiTenant, parseOrigin } from "../src/EgressPolicy.ts"

const denied = [
  ["0.0.0.0", "unspecified"],
  ["0.1.2.3", "this network"],
  ["10.0.0.0", "private, first"],
  ["10.255.255.255", "private, last"],
  ["100.64.0.1", "shared, first"],
  ["100.100.100.200", "metadata of Alibaba"],
  ["100.127.255.255", "shared, last"],
  ["127.0.0.1", "loopback"],
  ["127.255.255.254", "loopback, last"],
  ["168.63.129.16", "platform of Azure"],
  ["169.254.0.1", "link-local"],
  ["169.254.169.254", "metadata"],
  ["172.16.0.1", "private, first"],
  ["172.31.255.255", "private, last"],
  ["192.0.0.192", "metadata of Oracle"],
  ["192.0.2.1", "documentation"],
  ["192.88.99.1", "6to4 relay"],
  ["192.168.1.1", "private"],
  ["198.18.0.1", "benchmark, first"],
  ["198.19.255.255", "benchmark, last"],
  ["198.51.100.7", "documentation"],
  ["203.0.113.7", "documentation"],
  ["224.0.0.1", "multicast"],
  ["240.0.0.1", "reserved"],
  ["255.255.255.255", "broadcast"],
  ["::", "unspecified"],
  ["::1", "loopback"],
  ["0:0:0:0:0:0:0:1", "loopback, long"],
  ["::127.0.0.1", "IPv4-compatible"],
  ["::8.8.8.8", "IPv4-compatible, deprecated"],
  ["::ffff:127.0.0.1", "mapped loopback"],
  ["::ffff:7f00:1", "mapped loopback, in hexadecimal"],
  ["0:0:0:0:0:ffff:a9fe:a9fe", "mapped metadata"],
  ["::ffff:10.1.2.3", "mapped private"],
  ["::ffff:0:127.0.0.1", "translated loopback"],
  ["64:ff9b::127.0.0.1", "NAT64 loopback"],
  ["64:ff9b::a9fe:a9fe", "NAT64 metadata"],
  ["64:ff9b::192.168.0.1", "NAT64 private"],
  ["64:ff9b:1::1", "local NAT64"],
  ["2002:7f00:1::", "6to4 loopback"],
  ["2002:a9fe:a9fe::1", "6to4 metadata"],
  ["2002:c0a8:101:1:2:3:4:5", "6to4 private"],
  ["100::1", "discard"],
  ["2001::1", "Teredo"],
  ["2001:2::1", "benchmark"],
  ["2001:20::1", "ORCHID"],
  ["2001:db8::1", "documentation"],
  ["3fff::1", "documentation"],
  ["3fff:fff::1", "documentation, at its end"],
  ["2001:1ff::1", "protocol assignments, at their end"],
  ["4000::1", "not assigned"],
  ["5f00::1", "segment routing"],
  ["fc00::1", "unique local"],
  ["fd00:ec2::254", "metadata of AWS"],
  ["fe80::1", "link-local"],
  ["fe80::1%eth0", "link-local with zone"],
  ["2606:4700::1%eth0", "zone"],
  ["fec0::1", "site-local"],
  ["ff02::1", "multicast"],
  ["0x7f.1", "not an address"],
  ["2130706433", "not an address"],
  ["0177.0.0.1", "not an address"],
  ["[::1]", "not an address"],
  ["localhost", "a name"],
  ["", "nothing"]
] as const

const permitted = [
  "3fff:1000::1",
  "2001:200::1",
  "1.1.1.1",
  "8.8.8.8",
  "9.255.255.255",
  "11.0.0.0",
  "100.63.255.255",
  "100.128.0.0",
  "172.15.255.255",
  "172.32.0.0",
  "192.0.1.0",
  "198.17.255.255",
  "198.20.0.0",
  "223.255.255.255",
  "::ffff:8.8.8.8",
  "64:ff9b::8.8.8.8",
  "2002:808:808::1",
  "2001:4860:4860::8888",
  "2606:4700:4700::1111",
  "2a00:1450::1"
]

describe("EgressPolicy", () => {
  it.each(denied)("multi-tenant denies %s (%s)", (address) => {
    assert.isFalse(multiTenant.permits(address))
  })

  it.each(permitted)("multi-tenant permits %s", (address) => {
    assert.isTrue(multiTenant.permits(address))
  })

  it.each(["127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "fe80::1", "8.8.8.8"])("local permits %s", (address) => {
    assert.isTrue(local.permits(address))
  })
})

describe("parseOrigin", () => {
  it.each([
    ["http://0x7f.1", "http://127.0.0.1"],
    ["http://2130706433:9000", "http://127.0.0.1:9000"],
    ["http://0177.0.0.1", "http://127.0.0.1"],
    ["http://127。0。0。1", "http://127.0.0.1"],
    ["http://[::ffff:127.0.0.1]", "http://[::ffff:7f00:1]"],
    ["HTTPS://S3.Example.COM:443/", "https://s3.example.com"],
    ["https://bücher.example", "https://xn--bcher-kva.example"]
  ])("reads %s as %s", (text, origin) => {
    assert.deepStrictEqual(parseOrigin(text), Result.succeed(origin))
  })

  it.each([
    "ftp://example.com",
    "file:///etc/passwd",
    "example.com",
    "//example.com",
    "http:example.com",
    "http:///example.com",
    "http://user:secret@example.com",
    "http://user@example.com",
    "http://example.com#part",
    "http://example.com#",
    "http://example.com\\@127.0.0.1",
    "http://exam\tple.com",
    " http://example.com",
    "http://example.com:99999",
    "http://[::1",
    "http://256.1.1.1",
    "http://example.com/path",
    "http://example.com?",
    ""
  ])("refuses %j without repeating it", (text) => {
    const result = parseOrigin(text)
    assert.isTrue(Result.isFailure(result))
    if (Result.isSuccess(result)) return
    assert.strictEqual(result.failure.reason._tag, "invalid_value")
    assert.notInclude(result.failure.message, "secret")
  })

  it("leaves a path to endpointUrl", () => {
    const url = Result.getOrThrow(endpointUrl("https://example.com/base/a?b=c"))
    assert.strictEqual(url.pathname + url.search, "/base/a?b=c")
  })
})
