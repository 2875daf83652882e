/**
 * How much one store asks of its provider: how many calls at once and, where one at a time is still too much, how far
 * apart. Falls by half when the provider asks for fewer requests and rises in small steps while it answers (additive
 * increase, multiplicative decrease, as TCP does it: RFC 5681).
 */

/** A load, and how it was reached. */
export interface Load {
  /** Calls at the same time. */
  readonly limit: number
  /** Milliseconds from one call to the next; more than 0 only where the limit is 1. */
  readonly interval: number
  /** How often the load was lowered. A call that began before the last time tells nothing new. */
  readonly lowered: number
  /** Answers since the load last changed. */
  readonly served: number
}

const firstInterval = 100
const longestInterval = 10_000

/** So many answers at least before the load is raised: a few may be what the provider had saved up. */
const shortestRun = 16

/** The load of a store that was just opened, with so many calls at the same time. */
export const fullLoad = (limit: number): Load => ({ limit, interval: 0, lowered: 0, served: 0 })

/** After the provider asked for fewer requests: half the calls at the same time, or twice the time between them. */
export const lower = (load: Load): Load => ({
  limit: Math.max(1, Math.floor(load.limit / 2)),
  interval: load.limit > 1 ? 0 : Math.min(longestInterval, Math.max(firstInterval, load.interval * 2)),
  lowered: load.lowered + 1,
  served: 0
})

const closer = (interval: number) => (interval <= firstInterval ? 0 : Math.floor(interval * 0.9))

/** After an answer: once there was a run of them for this load, there may be one call more, up to `most`. */
export const raise = (load: Load, most: number): Load => {
  if (load.interval > 0) return { ...load, interval: closer(load.interval) }
  if (load.limit >= most) return load
  const served = load.served + 1
  return served < Math.max(shortestRun, load.limit)
    ? { ...load, served }
    : { ...load, limit: load.limit + 1, served: 0 }
}
