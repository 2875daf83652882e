/** How the double fails where a test asks for it. */
import type { Answer } from "./Answer.ts"

/**
 * An answer instead of the operation; or `drop`: the connection is cut and nothing is done; `apply-then-drop`: the
 * operation is carried out and its answer is lost; `truncateTo`: the answer's body is cut after that many bytes.
 */
export type Injected =
  | (Partial<Answer> & { readonly status: number })
  | "drop"
  | "apply-then-drop"
  | { readonly truncateTo: number }
