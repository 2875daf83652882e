import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import { local, multiTenant, endpointUrl } from "../src/EgressPolicy.ts"

describe("multiTenant", () => {
  it.each([
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.100.100.200",
    "100.64.0.1",
    "192.0.0.8",
    "198.18.0.1",
    "203.0.113.9",
    "224.0.0.1",
    "255.255.255.255",
    "168.63.129.16",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::10.0.0.1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::1",
    "::ffff:0:127.0.0.1",
    "",
    "localhost",
    "1.2.3",
    "0x7f.1"
  ])("denies %s", (address) => assert.isFalse(multiTenant.permits(address)))

  it.each([
    "93.184.216.34",
    "8.8.8.8",
    "172.15.0.1",
    "172.32.0.1",
    "2606:4700::1111",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2002:808:808::1"
  ])("permits %s", (address) => assert.isTrue(multiTenant.permits(address)))

  it("local permits what multi-tenant denies", () => assert.isTrue(local.permits("127.0.0.1")))
})

describe("endpointUrl", () => {
  it.each([
    "file:///etc/passwd",
    "gopher://x/",
    "ftp://x/",
    "data:text/plain,x",
    "unix:/var/run/docker.sock",
    "javascript:alert(1)",
    "//evil",
    "https://user:pass@host/",
    "https://user@host/",
    "https://host/#@evil/",
    "https://evil.com\\@good.com",
    "https://",
    "https:///x",
    "http:host",
    "https://ho st/",
    "https://host/\n",
    "",
    "host"
  ])("refuses %j", (text) => assert.isTrue(Result.isFailure(endpointUrl(text))))

  it.each([
    ["https://host", "https://host"],
    ["http://127.0.0.1:7480/", "http://127.0.0.1:7480"],
    ["https://HOST:443/base", "https://host"]
  ])("takes %s", (text, origin) => assert.strictEqual(Result.getOrThrow(endpointUrl(text as string)).origin, origin))
})
