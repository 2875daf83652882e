/** Answers a test puts in the way of the next matching request. */
import type { Answer } from "./Answer.ts"

/** Every field that is given must match. */
export interface Matching {
  readonly method?: string
  /** The operation's name, such as `PutBlock`. */
  readonly operation?: string
  /** Tried on the raw request target. */
  readonly target?: RegExp
}

/**
 * An answer instead of the operation; or `drop`: the connection is cut and nothing is done; `apply-then-drop`: the
 * operation is carried out and its answer is lost; `truncateTo`: the answer's body is cut after that many bytes.
 */
export type Injected =
  | (Partial<Answer> & { readonly status: number })
  | "drop"
  | "apply-then-drop"
  | { readonly truncateTo: number }

export interface Injection {
  readonly matching: Matching
  readonly injected: Injected
}

/** Takes the first matching injection out of the queue. */
export const takeInjection = (
  queue: Array<Injection>,
  request: { readonly method: string; readonly target: string; readonly operation: string }
): Injected | undefined => {
  const index = queue.findIndex(
    ({ matching }) =>
      (matching.method ?? request.method) === request.method &&
      (matching.operation ?? request.operation) === request.operation &&
      (matching.target?.test(request.target) ?? true)
  )
  return index < 0 ? undefined : queue.splice(index, 1)[0]?.injected
}
