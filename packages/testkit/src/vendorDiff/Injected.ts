/**
 * How a service fails, as data.
 */

/**
 * An answer instead of the operation; or `drop`: the connection is cut and nothing is done; `apply-then-drop`: the
 * operation is carried out and its answer is lost.
 */
export type Injected =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | "drop"
  | "apply-then-drop"
