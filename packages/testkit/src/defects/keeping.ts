/**
 * Mistakes of uploads that stay open, and of what changes an object in its place.
 */
import type { ObjectStore, Upload } from "@mooring/core/ObjectStore"
import * as Effect from "effect/Effect"
import { blocks } from "../bodies.ts"
import { directories } from "../memory/personalities.ts"
import type { Defect } from "./Defect.ts"

const uploads =
  (change: (upload: Upload) => Upload) =>
  (store: ObjectStore): ObjectStore => ({
    ...store,
    openUpload: (path, options) => Effect.map(store.openUpload!(path, options), change),
    resumeUpload: (token) => Effect.map(store.resumeUpload!(token), change)
  })

/** Parts numbered as they come, whatever their number. */
const asTheyCome = (upload: Upload): Upload => {
  let next = 0
  return { ...upload, writePart: (_, bytes) => upload.writePart((next += 1), bytes) }
}

/** What can go wrong in members that keep something open or in place. */
export const keeping: ReadonlyArray<Defect> = [
  { name: "parts are joined as they came", damage: uploads(asTheyCome), fails: ["uploads"] },
  {
    name: "a resumed upload does not know its parts",
    damage: uploads((upload) => ({ ...upload, parts: Effect.succeed([]) })),
    fails: ["uploads"]
  },
  {
    name: "an aborted upload is completed all the same",
    damage: uploads((upload) => ({ ...upload, abort: Effect.void })),
    fails: ["uploads"]
  },
  {
    name: "a part is visible before the upload is completed",
    damage: (store) =>
      uploads((upload) => ({
        ...upload,
        writePart: (number, bytes) =>
          Effect.andThen(upload.writePart(number, bytes), store.write(upload.path, blocks(bytes)))
      }))(store),
    fails: ["uploads"]
  },
  {
    name: "setTier loses the bytes",
    damage: (store) => ({
      ...store,
      setTier: (path, tier) => Effect.tap(store.setTier!(path, tier), () => store.write(path, blocks()))
    }),
    fails: ["patches"]
  },
  {
    name: "writeAt cuts what follows",
    over: directories,
    damage: (store) => ({
      ...store,
      writeAt: Effect.fnUntraced(function* (path, offset, bytes) {
        const end = offset + bytes.length
        yield* store.writeAt!(path, offset, bytes)
        const { body, info } = yield* store.read(path, { range: { start: 0, end: end - 1 } })
        return yield* store.write(path, body, { ...(info.modified !== undefined && { modified: info.modified }) })
      }, Effect.scoped)
    }),
    fails: ["patches"]
  },
  {
    name: "usage is a fraction",
    over: directories,
    damage: (store) => ({
      ...store,
      usage: (path) => Effect.map(store.usage!(path), (usage) => ({ ...usage, used: (usage.used ?? 0) + 0.5 }))
    }),
    fails: ["patches"]
  },
  {
    name: "a directory moves by its prefix",
    over: directories,
    damage: (store) => ({
      ...store,
      moveDirectory: (from, to) =>
        Effect.andThen(
          store.moveDirectory!(from, to),
          Effect.ignore(store.move!([...from.slice(0, -1), `${from.at(-1)}t`], [...to.slice(0, -1), `${to.at(-1)}t`]))
        )
    }),
    fails: ["folders"]
  },
  {
    name: "a public link shows another object",
    damage: (store) => ({
      ...store,
      publicLink: (path) =>
        Effect.map(store.publicLink!(path), (link) =>
          link.replace(encodeURIComponent('"object"'), encodeURIComponent('"o"'))
        )
    }),
    fails: ["presign"]
  }
]
