/**
 * What a backend may ask of the host. The operator chooses at start; no request loosens it.
 */
import * as EgressPolicy from "@mooring/core/EgressPolicy"
import type { DangerousOption } from "@mooring/core/ProviderPlugin"
import type { ErrorCode } from "@mooring/core/errorCodes"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { BackendRefused } from "./BackendRefused.ts"

/** `local`: one user on their own machine. `multi-tenant`: strangers, who get nothing of the server's. */
export type PolicyName = "local" | "multi-tenant"

/** What is checked before a backend is tried, each time. */
export interface PolicyShape {
  readonly name: PolicyName
  /** Which addresses the transport may connect to. Urls are judged there, by the address. */
  readonly egress: EgressPolicy.EgressPolicy
  /** Fails with every dangerous option that is not permitted, and its pointer. The text never depends on the value. */
  readonly check: (dangers: ReadonlyArray<DangerousOption>) => Effect.Effect<void, BackendRefused>
}

const forbidden: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  "server-file": ["server_path_forbidden", "files of the server are not permitted here"],
  "ambient-identity": ["ambient_credentials_forbidden", "the server's own identity is not permitted here"],
  exec: ["ambient_credentials_forbidden", "programs of the server are not permitted here"]
}

/** The policy of this name. */
export const policyOf = (name: PolicyName): PolicyShape => ({
  name,
  egress: name === "local" ? EgressPolicy.local : EgressPolicy.multiTenant,
  check: (dangers) => {
    if (name === "local") return Effect.void
    const problems = dangers.flatMap(({ danger, pointer }) => {
      const rule = Object.hasOwn(forbidden, danger) ? forbidden[danger] : undefined
      return rule === undefined ? [] : [{ pointer, code: rule[0], detail: rule[1] }]
    })
    return problems.length === 0 ? Effect.void : Effect.fail(BackendRefused.ofIssues(problems))
  }
})

/** The service. */
export class Policy extends Context.Service<Policy, PolicyShape>()("@mooring/host/Policy") {
  /** The policy of this name. */
  static readonly layer = (name: PolicyName) => Layer.succeed(Policy, policyOf(name))
}
