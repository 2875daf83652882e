/**
 * Preloaded into a process (`node --import`): writes a line `importer imported` for each module that is imported to the
 * file that `IMPORTS` names.
 */
import { appendFileSync } from "node:fs"
import { registerHooks } from "node:module"

registerHooks({
  resolve: (specifier, context, next) => {
    const found = next(specifier, context)
    appendFileSync(process.env["IMPORTS"] as string, `${context.parentURL ?? "entry"} ${found.url}\n`)
    return found
  }
})
