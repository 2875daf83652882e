/**
 * The command and its subcommands.
 */
import * as Command from "effect/cli/Command"
import { backends, disconnect } from "./commands/backends.ts"
import { change, connect, test } from "./commands/connect.ts"
import { copy } from "./commands/copy.ts"
import { link } from "./commands/link.ts"
import { list } from "./commands/list.ts"
import { mount } from "./commands/mount.ts"
import { serve } from "./commands/serve.ts"
import { mounts, unmount } from "./commands/unmount.ts"
import { uploads } from "./commands/uploads.ts"
import { providerFlags } from "./providerFlags.ts"

const command = Command.make("mooring").pipe(
  Command.withDescription("Connect remote object stores, copy to and from them, and mount them"),
  Command.withSubcommands([
    connect,
    test,
    change,
    backends,
    disconnect,
    list,
    copy,
    link,
    uploads,
    mount,
    unmount,
    mounts,
    serve
  ])
)

/** Runs the command with these arguments. */
export const mooring = (args: ReadonlyArray<string>) =>
  Command.runWith(command, { version: "0.0.0" })(providerFlags(args))
