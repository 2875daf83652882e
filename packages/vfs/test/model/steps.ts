/**
 * What a random program does: steps that any model of files understands.
 */
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"

/** One step. Slots are those of open files. */
export type Step =
  | {
      readonly do: "open"
      readonly slot: number
      readonly path: ReadonlyArray<string>
      readonly mode: Mode
      readonly create: boolean
    }
  | { readonly do: "write"; readonly slot: number; readonly offset: number; readonly bytes: Uint8Array }
  | { readonly do: "read"; readonly slot: number; readonly offset: number; readonly size: number }
  | { readonly do: "fsync" | "close"; readonly slot: number }
  | { readonly do: "ftruncate"; readonly slot: number; readonly size: number }
  | { readonly do: "truncate"; readonly path: ReadonlyArray<string>; readonly size: number }
  | { readonly do: "unlink" | "mkdir" | "rmdir" | "stat" | "list" | "readFile"; readonly path: ReadonlyArray<string> }
  | { readonly do: "rename"; readonly from: ReadonlyArray<string>; readonly to: ReadonlyArray<string> }
  | { readonly do: "refresh" | "age" | "forget" }

type Mode = "r" | "r+" | "a" | "w"

const upTo = (maximum: number) => Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum })))

/** Few enough that steps meet: some are files, some directories, some both at times. */
const paths = ["a", "b", "d", "d/a", "d/b", "e", "e/a", "d/e", "d/e/a", "a/b", "d/e/b"].map((path) => path.split("/"))
const modes: ReadonlyArray<Mode> = ["w", "r+", "a", "r"]

/** The kinds of steps, as often as they come. */
const kinds = (
  "open open open open write write write write read read close close fsync readFile readFile stat list unlink " +
  "mkdir mkdir mkdir rename rename rmdir ftruncate truncate refresh age forget"
).split(" ") as ReadonlyArray<Step["do"]>

/** Offsets and sizes around the borders of blocks and parts. */
const sizes = [0, 1, 7, 63, 64, 65, 100, 128, 500, 1023, 1024, 1025, 2000, 2048, 3000, 4096, 5000]

const fields = Arbitrary.all({
  kind: upTo(kinds.length - 1),
  path: upTo(paths.length - 1),
  other: upTo(paths.length - 1),
  slot: upTo(2),
  mode: upTo(modes.length - 1),
  create: upTo(2),
  offset: upTo(sizes.length - 1),
  size: upTo(sizes.length - 1),
  seed: upTo(25)
})

/** One random step. */
export const anyStep: Arbitrary.Arbitrary<Step> = Arbitrary.map(fields, (given): Step => {
  const { slot } = given
  const path = paths[given.path]!
  const offset = sizes[given.offset]!
  const size = sizes[given.size]!
  const kind = kinds[given.kind]!
  if (kind === "open") return { do: kind, slot, path, mode: modes[given.mode]!, create: given.create > 0 }
  if (kind === "write") {
    return {
      do: kind,
      slot,
      offset,
      bytes: Uint8Array.from({ length: size }, (_, at) => 97 + ((given.seed + at) % 26))
    }
  }
  if (kind === "read") return { do: kind, slot, offset, size }
  if (kind === "fsync" || kind === "close") return { do: kind, slot }
  if (kind === "ftruncate") return { do: kind, slot, size }
  if (kind === "truncate") return { do: kind, path, size }
  if (kind === "rename") return { do: kind, from: path, to: paths[given.other]! }
  if (kind === "refresh" || kind === "age" || kind === "forget") return { do: kind }
  return { do: kind, path }
})

/** What a program does with a file from opening to closing it, or with a name. */
const anyErrand = Arbitrary.map(fields, (given): ReadonlyArray<Step> => {
  const busy = ["a", "b", "d/a", "d/b", "e/a", "e/b"].map((path) => path.split("/"))
  const path = busy[given.path % busy.length]!
  const slot = 0
  const bytes = Uint8Array.from({ length: 300 + (sizes[given.size]! % 3000) }, (_, at) => 97 + ((given.seed + at) % 26))
  const errands: ReadonlyArray<ReadonlyArray<Step>> = [
    [
      { do: "open", slot, path, mode: "w", create: true },
      { do: "write", slot, offset: 0, bytes },
      { do: "close", slot }
    ],
    [
      { do: "open", slot, path, mode: "r+", create: false },
      { do: "write", slot, offset: sizes[given.offset]! % 2500, bytes: bytes.subarray(0, 300) },
      ...(given.create > 0 ? [{ do: "fsync", slot } as const] : []),
      { do: "close", slot }
    ],
    [{ do: "rename", from: path, to: busy[given.other % busy.length]! }],
    [given.create > 0 ? { do: "rename", from: ["d"], to: ["e"] } : { do: "rename", from: ["e"], to: ["d"] }],
    [{ do: "unlink", path }]
  ]
  return errands[[0, 0, 0, 1, 1, 2, 2, 3, 3, 4][given.kind % 10]!]!
})

/** A random program whose files are there most of the time, for others to look at. */
export const anyBusyProgram = (length: number) =>
  Arbitrary.map(Arbitrary.array(anyErrand, { minLength: 5, maxLength: length }), (errands): ReadonlyArray<Step> => [
    { do: "mkdir", path: ["d"] },
    { do: "mkdir", path: ["e"] },
    ...errands.flat()
  ])

/** A random program. */
export const anyProgram = (length: number) => Arbitrary.array(anyStep, { minLength: 5, maxLength: length })
