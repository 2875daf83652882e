/**
 * Which methods a path takes, for the answer to another.
 */
import { endpoints } from "@mooring/contract"

/** A path of the contract as a pattern: `:id` is any one segment. */
const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll(".", "\\.").replace(/:\w+/g, "[^/]+")}$`)

const routes = Object.values(endpoints).map(({ method, path }) => ({
  method: String(method),
  pattern: patternOf(path)
}))

/** The methods of the routes with this path (with or without a query), in order; none if there is no such route. */
export const methodsAt = (url: string): ReadonlyArray<string> => {
  const [path = ""] = url.split("?")
  const found = routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
  return [...new Set(found)].toSorted()
}
