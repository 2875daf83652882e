/**
 * A store that refuses every change.
 */
import * as Effect from "effect/Effect"
import type { ObjectStore } from "../ObjectStore.ts"
import { StorageError } from "../StorageError.ts"

const refused = Effect.fail(StorageError.of("read_only", "this backend is open for reading only"))

/** The same store without its optional changes; `write` and `remove` fail with `read_only`. */
export const readOnly = (store: ObjectStore): ObjectStore => ({
  limits: { ...store.limits, writeConditions: [], stores: [] },
  check: store.check,
  stat: store.stat,
  listPage: store.listPage,
  read: store.read,
  write: () => refused,
  remove: () => refused,
  ...(store.versions && { versions: store.versions }),
  ...(store.usage && { usage: store.usage }),
  ...(store.publicLink && { publicLink: store.publicLink }),
  ...(store.listUploads && { listUploads: store.listUploads })
})
