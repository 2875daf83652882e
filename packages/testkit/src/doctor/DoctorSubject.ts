/**
 * What the doctor has to know of a provider.
 */
import type { Path, ProviderPlugin } from "@mooring/core"
import type { StageName } from "@mooring/core/ConnectionTest"
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { Config, DoctorCase } from "./DoctorCase.ts"

/** Whose connection test is examined. */
export interface Examinee {
  readonly plugin: ProviderPlugin.ProviderPlugin
  /** The stages that it has, `write` among them; all if absent. */
  readonly stages?: ReadonlyArray<StageName>
}

/** A service that is there and for which options are right. */
export interface Service {
  /** `http://127.0.0.1:port`, of a double or of a real server. */
  readonly origin: string
  /** A place at it that can be listed and written to. */
  readonly at: Path
  /** The name of everything at the service. A double should give it. */
  readonly inventory?: Effect.Effect<ReadonlyArray<string>>
}

/** What is otherwise with one case of the generic families. */
export type Otherwise = Partial<Pick<DoctorCase, "finding" | "suggestion">> | { readonly inapplicable: string }

/** A provider that is reached over an endpoint, as the generic families need it. */
export interface DoctorSubject extends Examinee {
  /** Options that are right for a service at this endpoint, as `https://host:port`. */
  readonly optionsFor: (endpoint: string) => Config
  /** Pointer of the option that has the endpoint: `#/endpoint`. */
  readonly endpoint: string
  /** A part of the suggestion where something else than the service answers: `S3 API`. */
  readonly api: string
  /** Starts a service of its own. */
  readonly service: Effect.Effect<Service, never, Scope.Scope>
  /** Whether requests carry a time, so that the service refuses a clock that is wrong. */
  readonly signsTime: boolean
  /**
   * By the full name of a generic case: another finding or suggestion, or why the case cannot be. An entry that no case
   * has, or that says nothing else than the case, is an error.
   */
  readonly otherwise?: Readonly<Record<string, Otherwise>>
}
