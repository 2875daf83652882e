/**
 * The bodies of successful answers.
 */
import * as Schema from "effect/Schema"

const Json = Schema.Record(Schema.String, Schema.Unknown)

/** `{ success: true, data }`. */
const answer = <S extends Schema.Constraint>(data: S) => Schema.Struct({ success: Schema.Literal(true), data })

/** The answer to a connected backend, to the letter of the specification. */
export const Connected = Schema.Struct({
  success: Schema.Literal(true),
  message: Schema.Literal("Backend connected successfully"),
  data: Schema.Struct({
    id: Schema.String,
    backend_type: Schema.String,
    type: Schema.Literal("object_storage"),
    mount_paths: Schema.Array(Schema.String)
  })
})

/** A backend as it is shown; a secret option is `{ "set": true }`. `created` is RFC 3339. */
export const BackendJson = Schema.Struct({
  id: Schema.String,
  provider: Schema.String,
  backend_type: Schema.String,
  type: Schema.Literal("object_storage"),
  name: Schema.optionalKey(Schema.String),
  options: Json,
  created: Schema.String,
  revision: Schema.Int,
  mount_paths: Schema.Array(Schema.String)
})

/** What is installed. `schema` is JSON Schema 2020-12 with `x-` members for secrets, groups and dangers. */
export const ProviderJson = Schema.Struct({
  id: Schema.String,
  backend_type: Schema.String,
  title: Schema.String,
  description: Schema.String,
  schema: Json
})

/** One thing in a listing. `modified` is RFC 3339. */
export const EntryJson = Schema.Struct({
  kind: Schema.Literals(["object", "directory", "container"]),
  path: Schema.String,
  size: Schema.optionalKey(Schema.Int),
  modified: Schema.optionalKey(Schema.String),
  etag: Schema.optionalKey(Schema.String),
  content_type: Schema.optionalKey(Schema.String),
  checksums: Schema.optionalKey(Schema.Record(Schema.String, Schema.String)),
  metadata: Schema.optionalKey(Schema.Record(Schema.String, Schema.String)),
  tier: Schema.optionalKey(Schema.String)
})

/** A file that was written to and is not at the provider yet; `path` is from the root of the mount. */
export const PendingJson = Schema.Struct({ path: Schema.String, bytes: Schema.Int })

/** A mount. `dead`: the process that served it ended without unmounting. */
export const MountJson = Schema.Struct({
  id: Schema.String,
  backend: Schema.String,
  path: Schema.String,
  target: Schema.String,
  state: Schema.Literals(["starting", "mounted", "dead"]),
  read_only: Schema.Boolean,
  pending: Schema.Array(PendingJson),
  created: Schema.String
})

/** One mount. */
export const MountAnswer = answer(MountJson)
/** All mounts, in the order in which they were made. */
export const MountsAnswer = answer(Schema.Array(MountJson))

/** One backend. */
export const BackendAnswer = answer(BackendJson)
/** All backends, in the order in which they were connected. */
export const BackendsAnswer = answer(Schema.Array(BackendJson))
/** One provider. */
export const ProviderAnswer = answer(ProviderJson)
/** The providers that are installed, by id in order. */
export const ProvidersAnswer = answer(Schema.Array(ProviderJson))
/** What was written. */
export const EntryAnswer = answer(EntryJson)
/** A page; without `cursor` it is the last. `unaddressable` are stored keys that no path reaches. */
export const EntriesAnswer = answer(
  Schema.Struct({
    entries: Schema.Array(EntryJson),
    cursor: Schema.optionalKey(Schema.String),
    unaddressable: Schema.optionalKey(Schema.Array(Schema.String))
  })
)
/** A link; `expires` is RFC 3339, and absent of one that lasts, as are the method and the headers to send. */
export const LinkAnswer = answer(
  Schema.Struct({
    url: Schema.String,
    method: Schema.optionalKey(Schema.Literals(["GET", "PUT"])),
    headers: Schema.optionalKey(Schema.Record(Schema.String, Schema.String)),
    expires: Schema.optionalKey(Schema.String)
  })
)
/** A health route. */
export const HealthAnswer = Schema.Struct({ status: Schema.Literal("ok") })
