/**
 * The vectors of `vectors/names.json`, see the README there.
 */
import { readFileSync } from "node:fs"

interface VectorSet {
  readonly label: string
  readonly flags: string
  readonly mask: number
  /** Hex of a name to hex of what is stored, where they differ. */
  readonly encoded: Readonly<Record<string, string>>
}

interface Vectors {
  /** Hex of the bytes. */
  readonly names: ReadonlyArray<string>
  readonly sets: ReadonlyArray<VectorSet>
}

export const { names, sets }: Vectors = JSON.parse(readFileSync(new URL("vectors/names.json", import.meta.url), "utf8"))
