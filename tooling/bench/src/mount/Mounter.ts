/**
 * The two that mount, each as what is run and what tells that all was stored.
 */
import { request } from "node:http"
import { rmSync } from "node:fs"
import { text } from "node:stream/consumers"
import { setTimeout } from "node:timers/promises"
import type { Command } from "../measure.ts"
import type { Preparing } from "../rclone.ts"

/** A program that shows a path of the store as a directory, in the foreground, until it is interrupted. */
export interface Mounter {
  readonly name: string
  readonly version: string
  /** `writes`: whether the row writes. */
  readonly mount: (path: string, directory: string, writes: boolean) => Command
  /**
   * Completes when all that was written to the mount and closed is at the backend, which `isThere` looks for. Answers when
   * that was, in milliseconds of the process's clock.
   */
  readonly stored: (isThere: () => boolean) => Promise<number>
}

/** Mooring: what was closed is stored; that something is not there is an error. */
export const mooringMounter = (version: string, command: (...args: ReadonlyArray<string>) => Command): Mounter => ({
  name: "mooring",
  version,
  mount: (path, directory) => command("mount", `bench:${path}`, directory),
  stored: async (isThere) => {
    const time = performance.now()
    if (!isThere()) throw new Error("what was closed is not at the backend")
    return time
  }
})

/** How often rclone is asked, in milliseconds. */
const interval = 10

interface Stats {
  readonly diskCache?: { readonly uploadsInProgress: number; readonly uploadsQueued: number }
}

/**
 * rclone: with `writes` for rows that write, and `off` for those that read. Uploads begin when a file was closed, and not
 * after five seconds, the default. What is under way it tells on a socket of its own; nothing is, too, while the kernel
 * has not yet told it of a close.
 */
export const rcloneMounter = ({ version, mount }: Preparing, scratch: string): Mounter => {
  const socket = `${scratch}/rclone.socket`
  const cache = `${scratch}/rclone-cache`
  const stats = async (): Promise<Stats> => {
    const answer = await new Promise<AsyncIterable<Buffer>>((resolve, reject) => {
      request({ socketPath: socket, path: "/vfs/stats", method: "POST" }, resolve).on("error", reject).end()
    })
    return JSON.parse(await text(answer)) as Stats
  }
  return {
    name: "rclone",
    version,
    mount: (path, directory, writes) => {
      rmSync(cache, { recursive: true, force: true })
      return mount(path, directory, [
        `--vfs-cache-mode=${writes ? "writes" : "off"}`,
        "--vfs-write-back=1ms",
        `--cache-dir=${cache}`,
        "--rc",
        `--rc-addr=unix://${socket}`
      ])
    },
    stored: async (isThere) => {
      for (;;) {
        const { diskCache } = await stats()
        const time = performance.now()
        const busy = diskCache !== undefined && diskCache.uploadsInProgress + diskCache.uploadsQueued > 0
        if (!busy && isThere()) return time
        await setTimeout(interval)
      }
    }
  }
}
