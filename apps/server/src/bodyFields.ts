/**
 * Members of a JSON body by name and kind: each problem is said with its pointer.
 */
import { StorageError } from "@mooring/core/StorageError"
import * as Effect from "effect/Effect"
import { jsonBody } from "./jsonBody.ts"

interface Kinds {
  readonly text: string
  readonly number: number
  readonly flag: boolean
}

/** Name to kind; a name that ends in `?` may be absent. */
type Shape = Readonly<Record<string, keyof Kinds>>

/** The members: all that are not optional, and the optional ones as far as they are there. */
type Fields<S extends Shape> = {
  readonly [Name in keyof S as Name extends `${string}?` ? never : Name]: Kinds[S[Name]]
} & {
  readonly [Name in keyof S as Name extends `${infer Bare}?` ? Bare : never]?: Kinds[S[Name]]
}

const typeOf = { text: "string", number: "number", flag: "boolean" } as const

/** The body as these members. Fails with `unknown_field`, `missing_field` or `invalid_value`, the first that is found. */
export const bodyFields = <const S extends Shape>(shape: S) =>
  Effect.gen(function* () {
    const body = (yield* jsonBody) as Readonly<Record<string, unknown>>
    const names = Object.keys(shape).map((name) => name.replace(/\?$/, ""))
    const refused = (code: "unknown_field" | "missing_field" | "invalid_value", name: string, detail: string) =>
      StorageError.of(code, detail, { pointer: `#/${name}` })
    for (const name of Object.keys(body)) {
      if (!names.includes(name)) return yield* refused("unknown_field", name, `the body takes ${names.join(", ")}`)
    }
    for (const [key, kind] of Object.entries(shape)) {
      const name = key.replace(/\?$/, "")
      const value = body[name]
      if (value === undefined && key === name) return yield* refused("missing_field", name, `${name} is needed`)
      if (value !== undefined && typeof value !== typeOf[kind]) {
        return yield* refused("invalid_value", name, `${name} must be a ${typeOf[kind]}`)
      }
    }
    return body as Fields<S>
  })
