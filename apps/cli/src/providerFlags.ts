/**
 * The flags of a provider: they are known only once its package is loaded, so an own pass turns every flag that is not
 * the command's into `--set`, before the arguments are parsed.
 */

const commands = new Set(["connect", "test", "change"])
const ownFlags = new Set([
  "at",
  "name",
  "json",
  "set",
  "from-file",
  "help",
  "version",
  "completions",
  "log-level",
  "wizard"
])

/** `--access-key-id x` to `--set=access_key_id=x`. A flag without a value is `true`; `-` is a value. */
export const providerFlags = (args: ReadonlyArray<string>): ReadonlyArray<string> => {
  if (!commands.has(args[0] ?? "")) return args
  const result: Array<string> = []
  for (let index = 0; index < args.length; index += 1) {
    const [, flag, , inline] = /^--([a-z0-9_][a-z0-9_-]*)(=(.*))?$/s.exec(args[index] as string) ?? []
    const next = args[index + 1]
    if (flag === undefined || ownFlags.has(flag)) {
      result.push(args[index] as string)
      // The value of an own flag may look like a flag of the provider.
      if (
        flag !== undefined &&
        inline === undefined &&
        flag !== "json" &&
        next !== undefined &&
        !next.startsWith("--")
      ) {
        result.push(next)
        index += 1
      }
      continue
    }
    const value = inline ?? (next === undefined || next.startsWith("--") ? "true" : next)
    if (inline === undefined && value === next) index += 1
    result.push(`--set=${flag.replaceAll("-", "_")}=${value}`)
  }
  return result
}
