/**
 * Mounts: made, shown and ended.
 */
import { Path } from "@mooring/core/Path"
import { StorageError } from "@mooring/core/StorageError"
import { Mounts, type MountOptions } from "@mooring/host"
import * as Effect from "effect/Effect"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import { bodyFields } from "./bodyFields.ts"
import { mountJson } from "./json.ts"
import { countQuery, flagQuery, parameter } from "./requestQuery.ts"

const data = (value: unknown, status = 200) => HttpServerResponse.jsonUnsafe({ success: true, data: value }, { status })

/** Seconds for which an unmount waits, unless the request says otherwise. */
const defaultDeadline = 60

const fields = bodyFields({
  target: "text",
  "path?": "text",
  "read_only?": "flag",
  "allow_other?": "flag",
  "uid?": "number",
  "gid?": "number",
  "umask?": "text",
  "file_mode?": "text",
  "directory_age?": "number",
  "cache_size?": "number"
})

const invalid = (name: string, detail: string) => StorageError.of("invalid_value", detail, { pointer: `#/${name}` })

/** Permissions in octal, as `022`; `invalid_value` that names the field if they are none. */
export const permissionsOf = Effect.fnUntraced(function* (name: string, text: string | undefined) {
  if (text === undefined) return undefined
  if (!/^0?[0-7]{1,3}$/.test(text)) return yield* invalid(name, `${name} must be up to three octal digits, as 022`)
  return Number.parseInt(text, 8)
})

const isCount = (value: number | undefined): boolean =>
  value === undefined || (Number.isSafeInteger(value) && value >= 0)

const optionsOf = Effect.fnUntraced(function* (body: Effect.Success<typeof fields>) {
  const { uid, gid, cache_size: cacheBytes, directory_age: age } = body
  for (const [name, value] of Object.entries({ uid, gid, cache_size: cacheBytes })) {
    if (!isCount(value)) return yield* invalid(name, `${name} must be a whole number from 0 on`)
  }
  if (age !== undefined && !(age >= 0))
    return yield* invalid("directory_age", "directory_age must be seconds from 0 on")
  const umask = yield* permissionsOf("umask", body.umask)
  const fileMode = yield* permissionsOf("file_mode", body.file_mode)
  return {
    readOnly: body.read_only ?? false,
    allowOther: body.allow_other ?? false,
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
    ...(umask !== undefined && { umask }),
    ...(fileMode !== undefined && { fileMode }),
    ...(age !== undefined && { directoryAge: age * 1000 }),
    ...(cacheBytes !== undefined && { cacheBytes })
  } satisfies MountOptions
})

/** POST: mounts a backend or a path in it; a restart of the server brings it back. */
export const createMount = Effect.gen(function* () {
  const mounts = yield* Mounts
  const backend = yield* parameter("id")
  const body = yield* fields
  const path = yield* Effect.mapError(Effect.fromResult(Path.fromText(body.path ?? "")), (error) =>
    StorageError.with(error, { pointer: "#/path" })
  )
  const options = yield* optionsOf(body)
  return data(mountJson(yield* mounts.mount({ backend, path, target: body.target, options, restored: true })), 201)
})

/** GET: all mounts of this state, whichever process serves them. */
export const mounts = Effect.gen(function* () {
  const { list } = yield* Mounts
  return data((yield* list).map(mountJson))
})

/** GET: one mount, with what is pending. */
export const mount = Effect.gen(function* () {
  const { get } = yield* Mounts
  return data(mountJson(yield* get(yield* parameter("id"))))
})

/** DELETE: writes what is pending and unmounts; what could not be written in time keeps it mounted and is listed. */
export const removeMount = Effect.gen(function* () {
  const { unmount } = yield* Mounts
  const id = yield* parameter("id")
  const force = yield* flagQuery("force")
  const deadline = 1000 * ((yield* countQuery("deadline", 3600)) ?? defaultDeadline)
  const left = yield* unmount(id, { deadline, force })
  if (left.length === 0 || force) return HttpServerResponse.empty()
  return yield* StorageError.of(
    "backend_in_use",
    `not written in time: ${left.map(({ path, bytes }) => `${path} (${bytes} bytes)`).join(", ")}`,
    { suggestion: "try again with a longer deadline, or with force=true, which loses them" }
  )
})
