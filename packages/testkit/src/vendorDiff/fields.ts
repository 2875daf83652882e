/**
 * Bodies as named fields.
 */

const flattened = (value: unknown, name: string): ReadonlyArray<readonly [string, string]> =>
  typeof value === "object" && value !== null && Object.keys(value).length > 0
    ? Object.entries(value).flatMap(([key, inner]) => flattened(inner, name === "" ? key : `${name}.${key}`))
    : [[name, typeof value === "string" ? value : JSON.stringify(value)]]

/** The members of a JSON text, those of inner objects and lists as `a.b` and `a.0`. One that is no JSON is one field. */
export const jsonFields = (body: Uint8Array | string = ""): Readonly<Record<string, string>> => {
  const text = typeof body === "string" ? body : new TextDecoder().decode(body)
  if (text === "") return {}
  try {
    return Object.fromEntries(flattened(JSON.parse(text), "").filter(([name, value]) => name !== "" || value !== "{}"))
  } catch {
    return { "": text }
  }
}

/** The fields of a form (`application/x-www-form-urlencoded`), decoded. */
export const formFields = (body: Uint8Array | string = ""): Readonly<Record<string, string>> =>
  Object.fromEntries(new URLSearchParams(typeof body === "string" ? body : new TextDecoder().decode(body)))
