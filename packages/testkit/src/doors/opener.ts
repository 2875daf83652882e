/**
 * Whose code is running: read from the stack.
 */
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const deep = 50

/** The places of the stack below `callee`, the nearest first: file paths, and `node:…` for Node's own code. */
const placesBelow = (callee: (...given: Array<never>) => unknown): ReadonlyArray<string> => {
  const before = Error.stackTraceLimit
  Error.stackTraceLimit = deep
  const holder: { stack?: string } = {}
  Error.captureStackTrace(holder, callee)
  const lines = holder.stack?.split("\n").slice(1) ?? []
  Error.stackTraceLimit = before
  return lines.flatMap((line) => {
    const place = /(?:\(|at (?:async )?)((?:file:\/\/|node:|\/|[A-Za-z]:\\).*?)(?:\?[^:]*)?:\d+:\d+\)?$/.exec(line)?.[1]
    return place === undefined ? [] : [place.startsWith("file:") ? fileURLToPath(place) : place]
  })
}

/** The nearest file of the stack that is not Node's own, and whether Node's module loader stands before it. */
export const openerBelow = (callee: (...given: Array<never>) => unknown) => {
  const places = placesBelow(callee)
  const index = places.findIndex((place) => !place.startsWith("node:"))
  const nodes = index < 0 ? places : places.slice(0, index)
  return {
    file: index < 0 ? undefined : places[index],
    loads: nodes.some((place) => place.startsWith("node:internal/modules/"))
  }
}

const require = createRequire(import.meta.url)
const names = new Map<string, string | undefined>()

/** The name of the package that a folder belongs to. */
const packageAt = (folder: string): string | undefined => {
  if (names.has(folder)) return names.get(folder)
  let name: string | undefined
  try {
    name = (require(join(folder, "package.json")) as { readonly name?: string }).name
  } catch {
    const above = dirname(folder)
    name = above === folder ? undefined : packageAt(above)
  }
  names.set(folder, name)
  return name
}

/** The name of the package that a file belongs to. */
export const packageOf = (file: string): string | undefined => packageAt(dirname(file))
