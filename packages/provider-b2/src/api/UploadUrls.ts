/**
 * Upload URLs to use again. Each is for one upload at a time; one with which an upload failed is never used again
 * (https://www.backblaze.com/docs/cloud-storage-upload-files-with-the-native-api), and none outlives the authorization
 * that it came with.
 */
import type * as Redacted from "effect/Redacted"
import type { Authorization } from "./authorize.ts"

/** An upload URL with its own token, and the authorization that it came with. */
export interface UploadTarget {
  readonly url: string
  readonly token: Redacted.Redacted<string>
  readonly from: Authorization
}

/** The free URLs by what they are for: a bucket, or a large file. */
export interface UploadUrls {
  /** One that is free, taken out; undefined if there is none. */
  readonly take: (from: Authorization, purpose: string) => UploadTarget | undefined
  /** One that worked. */
  readonly giveBack: (purpose: string, target: UploadTarget) => void
  /** What was for this is not needed any more. */
  readonly forget: (purpose: string) => void
}

/** No more than this many are kept for one purpose. */
const most = 64

/** Without any URL yet. */
export const makeUploadUrls = (): UploadUrls => {
  const free = new Map<string, Array<UploadTarget>>()
  return {
    take: (from, purpose) => {
      const current = (free.get(purpose) ?? []).filter((target) => target.from === from)
      const target = current.pop()
      if (current.length === 0) free.delete(purpose)
      else free.set(purpose, current)
      return target
    },
    giveBack: (purpose, target) => {
      const others = free.get(purpose) ?? []
      if (others.length < most) free.set(purpose, [...others, target])
    },
    forget: (purpose) => void free.delete(purpose)
  }
}
