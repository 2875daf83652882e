/**
 * The options of a local directory.
 */
import { Options } from "@mooring/core"
import * as Schema from "effect/Schema"

/** Every option. */
export const LocalConfig = Schema.Struct({
  root: Options.text({
    help: "The directory whose files are the objects. An absolute path that exists.",
    group: "Directory",
    required: true,
    danger: "server-file"
  }),
  description: Options.text({ help: "A note for people.", group: "Directory", advanced: true })
})
