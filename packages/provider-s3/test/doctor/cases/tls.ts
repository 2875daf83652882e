/** Certificates, where the bucket is in the host name. */
import { encrypting, family, issue, makeAuthority } from "@mooring/testkit/doctor"
import * as Effect from "effect/Effect"
import { optionsFor, subject } from "../worlds.ts"

const authority = makeAuthority("Authority of tests")

export const tls = family("tls", [
  {
    name: "a certificate that does not cover the bucket's host name",
    arrange: Effect.gen(function* () {
      const { origin } = yield* subject.service
      const port = yield* encrypting(issue(["localhost"], authority), Number(new URL(origin).port))
      return {
        config: { ...optionsFor(`https://localhost:${port}`), force_path_style: false },
        transport: { certificateAuthorities: [authority.certificate] },
        hosts: ["bucket.localhost"],
        at: ["bucket"]
      }
    }),
    finding: "tls failed tls_hostname #/force_path_style",
    suggestion: "true"
  }
])
