/**
 * The two that are measured, each as the commands that do the same work.
 */
import type { Command } from "./measure.ts"

/** A program that moves files. Remote places are `container/key`, local ones absolute paths. */
export interface Client {
  readonly name: string
  readonly version: string
  /** Copies one file to or from the store. */
  readonly copyOne: (from: Place, to: Place) => Command
  /** Copies what is in a directory, to the same names. */
  readonly copyAll: (from: Place, to: Place) => Command
  /** Prints size, time and name of all keys below a directory. */
  readonly list: (place: Place) => Command
}

export interface Place {
  readonly remote: boolean
  readonly path: string
}

export const local = (path: string): Place => ({ remote: false, path })
export const remote = (path: string): Place => ({ remote: true, path })
