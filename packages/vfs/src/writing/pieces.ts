/**
 * How a changed object is put together from copies of what did not change and parts that are sent. Pure.
 */
import type { PartRules } from "@mooring/core/Capabilities"
import type { Draft } from "./Draft.ts"
import { gaps } from "./extents.ts"

/** One part of the new object: bytes from `start` to before `end`, which are the same range of the base if copied. */
export interface PlannedPart {
  readonly copied: boolean
  readonly start: number
  readonly end: number
}

/** What is sent at once at most, and copied at once at most, if the rules permit it. */
const sentTarget = 8 * 1024 * 1024
const copiedTarget = 512 * 1024 * 1024

const split = ({ copied, start, end }: PlannedPart, { min, max }: PartRules): ReadonlyArray<PlannedPart> => {
  const target = Math.min(max, Math.max(2 * min, copied ? copiedTarget : sentTarget))
  const count = Math.max(1, Math.ceil((end - start) / target))
  const size = Math.ceil((end - start) / count)
  return Array.from({ length: count }, (_, index) => ({
    copied,
    start: start + index * size,
    end: Math.min(end, start + (index + 1) * size)
  })).filter((part) => part.end > part.start)
}

/**
 * The parts of the draft, where copying pieces of at least `least` bytes saves anything and the rules permit the parts;
 * else undefined. A run that is too small for a part takes what it lacks from the copy behind it.
 */
export const planParts = (draft: Draft, rules: PartRules, least: number): ReadonlyArray<PlannedPart> | undefined => {
  const smallest = Math.max(rules.min, least)
  const runs: Array<{ copied: boolean; start: number; end: number }> = []
  const push = (copied: boolean, start: number, end: number): void => {
    const last = runs.at(-1)
    if (start >= end) return
    if (last?.copied === copied) last.end = end
    else runs.push({ copied, start, end })
  }
  let at = 0
  for (const [start, end] of gaps(draft.changed, 0, Math.min(draft.baseEnd, draft.size))) {
    const lacking = at < start ? Math.max(0, rules.min - (start - at)) : 0
    if (end - start - lacking < smallest) continue
    push(false, at, start + lacking)
    push(true, start + lacking, end)
    at = end
  }
  push(false, at, draft.size)
  if (!runs.some(({ copied }) => copied)) return undefined
  const parts = runs.flatMap((run) => split(run, rules))
  const fits = parts.every(({ start, end }, index) => index === parts.length - 1 || end - start >= rules.min)
  return fits && parts.length <= rules.count ? parts : undefined
}
