/**
 * A schema from a parsing function, for kinds whose JSON form is text or a number with rules of its own.
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import * as SchemaTransformation from "effect/SchemaTransformation"

/** Decodes by `parse`, for which undefined means not valid; encodes by `format`. */
export const decodedFromJson = <A>(
  type: Schema.Codec<A>,
  parse: (value: string | number) => A | undefined,
  format: (value: A) => string | number
): Schema.Codec<A, string | number> =>
  Schema.Union([Schema.String, Schema.Int]).pipe(
    Schema.decodeTo(
      type,
      SchemaTransformation.transformEffect<A, string | number>({
        decode: (value) => {
          const parsed = parse(value)
          return parsed === undefined ? Effect.fail(new SchemaIssue.InvalidValue()) : Effect.succeed(parsed)
        },
        encode: (value) => Effect.succeed(format(value))
      })
    )
  )
