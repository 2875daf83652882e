/**
 * Options that say how objects go up.
 */
import { Options } from "@mooring/core"

const group = "Uploads"

export const uploads = {
  chunk_size: Options.size({
    help: "Objects above this size go up as large objects, in segments of this size.",
    group,
    default: "5368709120"
  }),
  no_chunk: Options.boolean({
    help: "Send streams of unknown size as one object, which has at most 5 GiB.",
    group,
    advanced: true
  }),
  no_large_objects: Options.boolean({
    help: "Neither make large objects nor look for them. It saves a request per write, removal and empty object in listings.",
    group,
    advanced: true
  }),
  leave_parts_on_error: Options.boolean({
    help: "Keep the segments of an upload that failed.",
    group,
    advanced: true
  }),
  use_segments_container: Options.tristate({
    help: "Keep segments in a container of their own, named with _segments at its end. Unset is true, but for services that are known to permit no such container.",
    group,
    advanced: true
  })
}
