/**
 * All suites.
 */
import type { Suite } from "../Suite.ts"
import { conditions } from "./conditions.ts"
import { connection } from "./connection.ts"
import { copy } from "./copy.ts"
import { doors } from "./doors.ts"
import { errors } from "./errors.ts"
import { faults } from "./faults.ts"
import { folders } from "./folders.ts"
import { integrity } from "./integrity.ts"
import { list } from "./list.ts"
import { metadata } from "./metadata.ts"
import { modified } from "./modified.ts"
import { multipart } from "./multipart.ts"
import { patches } from "./patches.ts"
import { paths } from "./paths.ts"
import { presign } from "./presign.ts"
import { range } from "./range.ts"
import { read } from "./read.ts"
import { remove } from "./remove.ts"
import { stat } from "./stat.ts"
import { uploads } from "./uploads.ts"
import { versions } from "./versions.ts"
import { write } from "./write.ts"

/** In the order in which a new provider is best made to pass them. */
export const suites: ReadonlyArray<Suite> = [
  connection,
  stat,
  read,
  range,
  write,
  integrity,
  list,
  remove,
  paths,
  errors,
  conditions,
  metadata,
  modified,
  copy,
  folders,
  patches,
  versions,
  multipart,
  uploads,
  presign,
  doors,
  faults
]
