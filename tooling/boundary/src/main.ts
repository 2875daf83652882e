/**
 * What crosses the plugin boundary, driven from outside: the bundled `mooring` with its own effect, beside a plugin that
 * brings another. Arguments: the Node to run it with, and the folder in which npm installed both.
 */
import * as assert from "node:assert/strict"
import { mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { start } from "./Running.ts"

const [node = "", given = ""] = process.argv.slice(2)
const folder = realpathSync(given)
const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const passed = (what: string) => process.stdout.write(`crossed: ${what}\n`)

const bundle = join(folder, "node_modules/@mooring/cli/bundle/mooring.js")
const environment = {
  PATH: process.env["PATH"] ?? "",
  HOME: folder,
  MOORING_STATE: join(folder, "state"),
  NO_COLOR: "1",
  NODE_OPTIONS: "--disable-warning=ExperimentalWarning"
}
const begin = (args: ReadonlyArray<string>, env: Readonly<Record<string, string>> = {}, input = "") =>
  start([node, bundle, ...args], folder, { ...environment, ...env }, input)
const run = (...args: ReadonlyArray<string>) => begin(args).ended

const server = start([node, beside("server.ts")], folder, environment)
const { port } = await server.next((line) => JSON.parse(line) as { readonly port: number })

const options = (key: string) => [
  "--provider",
  "Other",
  "--endpoint",
  `http://127.0.0.1:${port}`,
  "--access-key-id",
  key
]

interface Event {
  readonly event: "asked" | "closed"
  readonly method?: string
  readonly path: string
  readonly key?: string
}
/** The next event of this kind at this path; those before it are dropped. */
const event = (kind: Event["event"], path: string) =>
  server.next((line) => {
    const found = JSON.parse(line) as Event
    return found.event === kind && found.path === path ? found : undefined
  })

/** Connects, and shows which module brought which. */
const connect = async () => {
  const log = join(folder, "imports")
  const { code, out, error } = await begin(
    ["connect", "s3", "--name", "there", "--at", "box", ...options("first"), "--secret-access-key", "-"],
    { NODE_OPTIONS: `${environment.NODE_OPTIONS} --import=${pathToFileURL(beside("imports.ts")).href}`, IMPORTS: log },
    "CANARY\n"
  ).ended
  assert.equal(code, 0, error)
  assert.ok(!(out + error).includes("CANARY"), "the secret is not shown")
  const imports = readFileSync(log, "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(" "))
  const [ours, theirs] = [
    pathToFileURL(join(bundle, "../")).href,
    pathToFileURL(join(folder, "node_modules/effect/")).href
  ]
  const brought = imports.filter(([importer]) => importer?.startsWith(ours)).map(([, imported = ""]) => imported)
  const plugin = brought.filter((url) => !url.startsWith("node:") && !url.startsWith(ours))
  assert.ok(plugin.length > 0 && plugin.every((url) => /\/@mooring\/provider-[a-z0-9]+\//.test(url)), String(plugin))
  const installed = JSON.parse(readFileSync(join(folder, "node_modules/effect/package.json"), "utf8"))
  assert.equal(installed.version, "4.0.6")
  assert.ok(imports.some(([, url]) => url?.startsWith(`${theirs}dist/Effect.js`)))
  // What defines an effect is within the bundle, so what it did not import has an instance of its own there.
  const chunks = readdirSync(join(bundle, "..")).map((name) => readFileSync(join(bundle, "..", name), "utf8"))
  assert.ok(chunks.some((code) => code.includes("=`~effect/Effect`")))
  passed(`two copies of effect: one in the bundle, ${installed.version} beside the plugin`)
  return /bck_[0-9a-f]{16}/.exec(out)?.[0] ?? assert.fail(out)
}

/** Bytes both ways, under a name that URL parsers would rewrite. */
const bytes = async () => {
  writeFileSync(join(folder, "bytes"), "bytes")
  for (const path of ["a//b", "kept", "slow"]) {
    const written = await run("cp", "bytes", `there:box/${path}`)
    assert.equal(written.code, 0, written.error)
  }
  await event("asked", "/box/slow")
  const listed = await run("ls", "-r", "--json", "there:box")
  assert.deepEqual(
    listed.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).path),
    ["box/a//b", "box/kept", "box/slow"]
  )
  const read = await run("cp", "there:box/a//b", "copy")
  assert.equal(read.code, 0, read.error)
  assert.equal(readFileSync(join(folder, "copy"), "utf8"), "bytes")
  passed("bytes, both ways")
}

/** Errors of the plugin's copy are known by their tags in the bundle. */
const errors = async () => {
  const missing = await run("cp", "there:box/none", "copy")
  assert.equal(missing.code, 1)
  assert.match(missing.error, /^box\/none: not_found: /)
  const secret = { MOORING_S3_SECRET_ACCESS_KEY: "CANARY" }
  const refused = await begin(["test", "s3", ...options("third")], secret).ended
  assert.equal(refused.code, 1)
  assert.match(refused.out, /^failed +authenticate .*--access-key-id: /m)
  passed("errors, by their tags")
}

/** An interruption in the middle of a body closes the connection and leaves nothing half-written. */
const interruption = async () => {
  mkdirSync(join(folder, "target"))
  const reading = begin(["cp", "there:box/slow", "target/slow"])
  await event("asked", "/box/slow")
  await halfWritten()
  reading.signal("SIGINT")
  await event("closed", "/box/slow")
  assert.equal((await reading.ended).code, 130)
  assert.deepEqual(readdirSync(join(folder, "target")), [])
  passed("an interruption, down to the socket")
}

/** Resolves once something of the object is on its way to the target. */
const halfWritten = async () => {
  while (readdirSync(join(folder, "target")).length === 0) await new Promise((resolve) => setImmediate(resolve))
}

/** New credentials under the store that a running server has open. */
const credentials = async (id: string) => {
  const serving = begin(["serve", "--port", "0"])
  const url = await serving.next((line) => /listens on (http:\/\/\S+)/.exec(line)?.[1])
  const token = await serving.next((line) => /^token: (mrg_\S+)/.exec(line)?.[1])
  const ask = (method: string, path: string, body?: unknown) =>
    fetch(`${url}/api/v1/backends/${id}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) })
    })
  const keyOfRead = async () => {
    // Not the first object of the bucket, which the test of a connection reads.
    const answer = await ask("GET", "/content?path=box%2Fkept")
    assert.deepEqual([answer.status, await answer.text()], [200, "bytes"])
    return (await event("asked", "/box/kept")).key
  }
  assert.equal(await keyOfRead(), "first")
  assert.equal((await ask("PATCH", "", { access_key_id: "third" })).status, 400)
  assert.equal(await keyOfRead(), "first")
  const changed = await ask("PATCH", "?at=box", { access_key_id: "second", secret_access_key: "CANARY" })
  const text = await changed.text()
  assert.equal(changed.status, 200, text)
  assert.deepEqual(JSON.parse(text).data.options.secret_access_key, { set: true })
  assert.equal(await keyOfRead(), "second")
  const missing = await ask("GET", "/content?path=box%2Fnone")
  assert.deepEqual([missing.status, ((await missing.json()) as { code: string }).code], [404, "not_found"])
  serving.signal("SIGTERM")
  await serving.ended
  passed("new credentials, under the open store")
}

const id = await connect()
await bytes()
await errors()
await interruption()
await credentials(id)
server.signal("SIGTERM")
await server.ended
