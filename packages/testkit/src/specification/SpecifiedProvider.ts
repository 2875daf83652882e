/**
 * The form of what the specification says of a provider's options.
 */
export type SpecifiedType = "string" | "integer" | "boolean"

/** Name, type, whether it is required, default, and the values that the documentation lists. */
export type SpecifiedOption = readonly [
  name: string,
  type: SpecifiedType,
  required: boolean,
  initial: string | number | boolean,
  listed?: ReadonlyArray<string | number>
]

/** One provider. */
export interface SpecifiedProvider {
  /** As answers name it. */
  readonly backendType: string
  readonly options: ReadonlyArray<SpecifiedOption>
}
