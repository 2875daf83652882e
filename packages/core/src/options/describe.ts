/**
 * A provider's options as plain data: for flags, prompts, documentation, policy and JSON Schema.
 */
import type * as Schema from "effect/Schema"
import { annotationOf, type OptionAnnotation } from "./annotation.ts"

/** One option. Holds no function, so it crosses to another copy of core. */
export interface OptionDescription extends Omit<OptionAnnotation, "danger"> {
  readonly name: string
  /** Whether a value of this option can be dangerous, and how if it does not depend on the value. */
  readonly danger?: string
}

/** The options of a schema in their order. */
export const describeOptions = (fields: Schema.Struct.Fields): ReadonlyArray<OptionDescription> =>
  Object.entries(fields).map(([name, schema]) => {
    const { danger, ...annotation } = annotationOf(schema)
    return {
      name,
      ...annotation,
      ...(danger !== undefined && { danger: typeof danger === "string" ? danger : "depends on the value" })
    }
  })

/** JSON Schema 2020-12 of the body that connects a backend; the marks are `x-` members. */
export const jsonSchemaOf = (
  title: string,
  options: ReadonlyArray<OptionDescription>
): Readonly<Record<string, unknown>> => ({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title,
  type: "object",
  additionalProperties: false,
  required: options.filter(({ required }) => required === true).map(({ name }) => name),
  properties: Object.fromEntries(
    options.map((option) => [
      option.name,
      {
        ...option.jsonSchema,
        description: option.help,
        ...(!option.secret && { default: option.default }),
        ...(option.deprecated !== undefined && { deprecated: true, "x-deprecated": option.deprecated }),
        ...(option.group !== undefined && { "x-group": option.group }),
        ...(option.secret && { "x-secret": true }),
        ...(option.credential === true && { "x-credential": true }),
        ...(option.advanced === true && { "x-advanced": true }),
        ...(option.danger !== undefined && { "x-danger": option.danger })
      }
    ])
  )
})
