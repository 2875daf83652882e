/**
 * What a random program does: steps that are calls of the system, as `executor.py` takes them.
 */
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"

/** Few enough that steps meet: some are files, some directories, some either at times. */
const Name = Schema.Literals(["a", "b", "d", "d/a", "d/b", "d/e", "d/e/a", "e", "e/a", "a/b"])
/** Handles that are open at a time. */
const Slot = Schema.Literals([0, 1, 2, 3])
/** Around the borders of pages, of blocks of the cache, and of what is kept in memory; mostly small. */
const small = [0, 1, 7, 100, 1000, 4095, 4096, 4097, 10_000] as const
const Size = Schema.Literals([...small, 65_536, 131_071, 131_072, 200_000])
const Offset = Schema.Literals([...small, 131_072, 262_145, 1_048_575, 1_048_577])
const Seed = Schema.Literals([1, 2, 3, 5, 8, 13])
const Access = Schema.Literals(["read", "write", "both"])
/** What POSIX leaves open (O_TRUNC without writing, O_EXCL without O_CREAT) is not asked for. */
const More = Schema.Literals(["", "", "create", "create", "create", "create exclusive", "append", "create append"])
const Truncating = Schema.Literals(["truncate", "create truncate", "create truncate append"])
const Time = Schema.Literals([0, 1, 946_684_800, 1_700_000_000, 4_000_000_000])

const step = <Fields extends Schema.Struct.Fields>(call: string, fields: Fields) =>
  Schema.Struct({ call: Schema.Literal(call), ...fields })

/** Each as often as it is here. */
const steps = [
  step("open", { slot: Slot, path: Name, access: Access, more: More }),
  step("open", { slot: Slot, path: Name, access: Access, more: More }),
  step("open", { slot: Slot, path: Name, access: Schema.Literal("both"), more: Schema.Literal("create") }),
  step("open", { slot: Slot, path: Name, access: Schema.Literals(["write", "both"]), more: Truncating }),
  step("close", { slot: Slot }),
  step("close", { slot: Slot }),
  step("write", { slot: Slot, size: Size, seed: Seed }),
  step("write", { slot: Slot, size: Size, seed: Seed }),
  step("writeAt", { slot: Slot, size: Size, seed: Seed, offset: Offset }),
  step("writeAt", { slot: Slot, size: Size, seed: Seed, offset: Offset }),
  step("read", { slot: Slot, size: Size }),
  step("readAt", { slot: Slot, size: Size, offset: Offset }),
  step("seek", { slot: Slot, offset: Offset }),
  step("seekEnd", { slot: Slot }),
  step("writeMapped", { slot: Slot, size: Size, seed: Seed, offset: Offset }),
  step("readMapped", { slot: Slot }),
  step("setSize", { slot: Slot, size: Schema.Union([Size, Offset]) }),
  step("setSizeOf", { path: Name, size: Schema.Union([Size, Offset]) }),
  step("sync", { slot: Slot }),
  step("status", { slot: Slot }),
  step("statusOf", { path: Name }),
  step("rename", { path: Name, to: Name }),
  step("rename", { path: Name, to: Name }),
  step("unlink", { path: Name }),
  step("makeDirectory", { path: Name }),
  step("makeDirectory", { path: Name }),
  step("removeDirectory", { path: Name }),
  step("list", { path: Schema.Literals(["", "d", "d/e", "e", "a"]) }),
  step("utime", { path: Name, time: Time }),
  step("tree", { path: Schema.Literals(["", "d"]) })
]

/** One call. */
export type Step = Readonly<Record<string, unknown>> & { readonly call: string }

/** A random program. */
export const anyProgram = (length: number): Arbitrary.Arbitrary<ReadonlyArray<Step>> =>
  Arbitrary.array(
    Arbitrary.flatMap(
      Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: steps.length - 1 }))),
      (index): Arbitrary.Arbitrary<Step> => Arbitrary.schema(steps[index] as Schema.Schema<Step>)
    ),
    { minLength: 1, maxLength: length }
  )

/** How a program begins, so that most of its calls meet something. */
export const beginning: ReadonlyArray<Step> = [
  { call: "makeDirectory", path: "d" },
  { call: "makeDirectory", path: "e" },
  { call: "open", slot: 0, path: "a", access: "both", more: "create" },
  { call: "open", slot: 1, path: "d/a", access: "both", more: "create" },
  { call: "open", slot: 2, path: "e/a", access: "write", more: "create append" },
  { call: "write", slot: 0, size: 10_000, seed: 1 },
  { call: "write", slot: 1, size: 200_000, seed: 2 }
]
