/**
 * The command and its subcommands.
 */
import * as Command from "effect/cli/Command"
import { backends, disconnect } from "./commands/backends.ts"
import { connect, test } from "./commands/connect.ts"
import { copy } from "./commands/copy.ts"
import { link } from "./commands/link.ts"
import { list } from "./commands/list.ts"
import { serve } from "./commands/serve.ts"
import { uploads } from "./commands/uploads.ts"
import { providerFlags } from "./providerFlags.ts"

const command = Command.make("mooring").pipe(
  Command.withDescription("Connect remote object stores, and copy to and from them"),
  Command.withSubcommands([connect, test, backends, disconnect, list, copy, link, uploads, serve])
)

/** Runs the command with these arguments. */
export const mooring = (args: ReadonlyArray<string>) =>
  Command.runWith(command, { version: "0.0.0" })(providerFlags(args))
