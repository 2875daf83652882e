/**
 * What is written beside every option, once: the schema annotation from which HTTP validation, flags, prompts, JSON
 * Schema, documentation, redaction and policy are derived.
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

/**
 * Why an option is dangerous on a server that strangers use. `url` leads traffic somewhere, `server-file` opens a file
 * of the server, `ambient-identity` borrows an identity of the server, `exec` runs a program there.
 */
export type Danger = "url" | "server-file" | "ambient-identity" | "exec"

/** One dangerous thing that a value asks for; `value` is the address, path or choice, and never a secret. */
export interface DangerFound {
  readonly danger: Danger
  readonly value: string
}

/** What the author of a provider says of an option besides its kind. */
export interface OptionMarks<A> {
  /** One sentence, or two. The first alone is the help of the command-line flag. */
  readonly help: string
  readonly group?: string
  readonly required?: boolean
  readonly advanced?: boolean
  /** May be replaced under an open store without opening it anew. */
  readonly credential?: boolean
  /** What the option does now, often nothing. */
  readonly deprecated?: string
  /** A danger whenever the value is set, or a function that finds the dangers in a value. */
  readonly danger?: Danger | ((value: A) => ReadonlyArray<DangerFound>)
}

/** What an option takes: one kind for each file of this folder that makes options. */
export type OptionKind =
  | "text"
  | "secret"
  | "integer"
  | "boolean"
  | "size"
  | "tristate"
  | "time"
  | "encoding"
  | "choice"

/** The annotation itself: the marks, and what the kind knows. */
export interface OptionAnnotation extends OptionMarks<never> {
  readonly kind: OptionKind
  readonly secret: boolean
  /** The JSON value that stands for an absent option. */
  readonly default: string | number | boolean
  /** What a valid value looks like, to complete `must be …`. Never holds a value. */
  readonly expects: string
  /** The JSON Schema of the value, without default and description. */
  readonly jsonSchema: Readonly<Record<string, unknown>>
  /** Valid values, closed for the kind `choice` and examples otherwise. */
  readonly values?: ReadonlyArray<string | number>
}

declare module "effect/Schema" {
  namespace Annotations {
    interface Annotations {
      readonly option?: OptionAnnotation
    }
  }
}

/** The schema of an option: decodes a JSON value, and its default when the key is absent. */
export type OptionSchema<A> = Schema.Codec<A, unknown>

/** A schema with its annotation, whose default is decoded like a given value. */
export const annotated = <A>(
  schema: Schema.Codec<A, string | number | boolean>,
  kind: Omit<OptionAnnotation, keyof OptionMarks<never>>,
  marks: OptionMarks<A>
): OptionSchema<A> =>
  (schema as OptionSchema<A>).pipe(Schema.withDecodingDefaultKey(Effect.succeed(kind.default as unknown))).annotate({
    option: { ...marks, ...kind } as OptionAnnotation
  }) as unknown as OptionSchema<A>

/** The annotation of an option's schema. A schema without one is a defect of the plugin. */
export const annotationOf = (schema: Schema.Constraint): OptionAnnotation => {
  const annotation = Schema.resolveAnnotations(schema)?.["option"] as OptionAnnotation | undefined
  if (annotation === undefined) throw new Error("an option of a provider is not made by an option kind of core")
  return annotation
}
