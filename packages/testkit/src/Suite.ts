/**
 * What a conformance suite is: plain values that any runner can run, and the subject that they are run on.
 *
 * A test asserts with `node:assert/strict`; a failed assertion or a `StorageError` that it did not expect fails it.
 */
import type { Capabilities, Limits } from "@mooring/core/Capabilities"
import type { Stage, TestOptions } from "@mooring/core/ConnectionTest"
import type { ObjectStore, OptionalMember, PresignedRequest } from "@mooring/core/ObjectStore"
import type { Path } from "@mooring/core/Path"
import type { StorageError } from "@mooring/core/StorageError"
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { OpeningKind } from "./doors/Opening.ts"

/** An open store and an empty place in it where a test may do as it likes. */
export interface Opened {
  readonly store: ObjectStore
  readonly place: Path
}

/** Control over the way between the store and its provider: what a fault proxy offers. */
export interface Faults {
  /** Cuts every connection once so many bytes of a body came from the provider. */
  readonly cutDownload: (after: number) => Effect.Effect<void>
  /** Cuts every connection once so many bytes of a body went to the provider. */
  readonly cutUpload: (after: number) => Effect.Effect<void>
  /** Connections stay open, but nothing is taken from the store and nothing is answered. */
  readonly stall: Effect.Effect<void>
  /** New connections are refused, those that stand are cut. */
  readonly refuse: Effect.Effect<void>
  /** Ends every fault. */
  readonly heal: Effect.Effect<void>
  /** How many connections have an unanswered request or an unfinished body; idle ones do not count. */
  readonly busy: Effect.Effect<number>
}

/** What a setup's `overrides.json` says: what its server does worse than the provider, each with the reason. */
export interface Overrides {
  /** Optional members that are missing (`false`), and limits with their lower value. */
  readonly lower: Partial<Limits> & { readonly [Name in OptionalMember]?: false }
  /** One sentence per name in `lower`. */
  readonly reasons: Readonly<Record<string, string>>
}

/** One store under test. Whatever layers it needs are provided in the effects that it gives. */
export interface Subject {
  readonly name: string
  /** A store and an empty, writable place, fresh for each test. */
  readonly open: Effect.Effect<Opened, StorageError, Scope.Scope>
  readonly overrides?: Overrides
  /** How long a store with eventual visibility may take to show a change, in milliseconds: 10,000 if absent. */
  readonly settle?: number
  /** How long one test may take, in milliseconds: 60,000 if absent. */
  readonly timeout?: number
  /** From how many bytes on `open`'s store sends in parts, and the size of a part: `limits.parts.min` if absent. */
  readonly partSize?: number
  /** How many bytes of a body a store may take ahead of a stalled provider: 32 MiB if absent. */
  readonly buffer?: number
  /**
   * What the store opens by itself, since it is what it stores in: a local directory opens files. Nothing if absent; all
   * else must come through the Transport and Ambient of core.
   */
  readonly opens?: ReadonlyArray<OpeningKind>
  /** The same store through a fault proxy. */
  readonly faults?: Effect.Effect<Opened & { readonly faults: Faults }, StorageError, Scope.Scope>
  /** The same store and a place in it where every state of an object is kept. */
  readonly versioned?: Effect.Effect<Opened, StorageError, Scope.Scope>
  /** A name for a container of its own, made of one that is new and nowhere else; that name if absent. */
  readonly containerNamed?: (name: string) => string
  /** The plugin's connection test with the settings of `open`; `place` is one that `open` gave. */
  readonly testConnection?: (options: TestOptions) => Effect.Effect<ReadonlyArray<Stage>, StorageError, Scope.Scope>
  /** Sends a presigned request as a stranger would: `sendPresigned` with a Transport. */
  readonly send?: (
    request: PresignedRequest,
    body?: Uint8Array
  ) => Effect.Effect<{ readonly status: number; readonly body: Uint8Array }, StorageError>
}

/** Where one test runs: the store, lowered as the overrides say, and its place. */
export interface Site extends Opened {
  readonly subject: Subject
  readonly limits: Limits
  /** Bytes of a part, where the store sends in parts. */
  readonly partSize: number
  /** Only in a test with `through: "faults"`. */
  readonly faults?: Faults
}

/** Something without which a test says nothing; its name stands in the title of the skipped test. */
export interface Need {
  readonly name: string
  /** The name in `overrides.reasons` that explains its absence. */
  readonly key: string
  readonly met: (capabilities: Capabilities, subject: Subject) => boolean
}

/** One promise. */
export interface SuiteTest {
  readonly title: string
  readonly needs?: ReadonlyArray<Need>
  /** Runs over the store that the subject opens through its fault proxy, or over its place that keeps versions. */
  readonly through?: "faults" | "versioned"
  readonly run: (site: Site) => Effect.Effect<void, StorageError, Scope.Scope>
}

/** The promises of one concern. */
export interface Suite {
  readonly name: string
  readonly tests: ReadonlyArray<SuiteTest>
}
