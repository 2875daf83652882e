/**
 * Failures that a test puts in the way of the next request to a double. What a failure is, the double says.
 */

/** Which request; every field that is given must match. */
export interface Matching {
  readonly method?: string
  /** The operation's name, in the words of the double: `PutObject`. */
  readonly operation?: string
  /** Tried on the raw request target. */
  readonly target?: RegExp
}

/** A failure and whom it waits for. */
export interface Injection<Injected> {
  readonly matching: Matching
  readonly injected: Injected
}

/** Takes the first that matches the request out of the queue. */
export const takeInjection = <Injected>(
  queue: Array<Injection<Injected>>,
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
