/** Answers by which Google says that it cannot now, or will not. */
import { family } from "@mooring/testkit/doctor"
import { refused, saying } from "../worlds.ts"

export const answers = family("answers of Google", [
  {
    name: "an API that the project does not use",
    arrange: saying(refused(403, "accessNotConfigured")),
    finding: "list unverified permission_denied -",
    suggestion: "enable the Cloud Storage JSON API"
  },
  {
    name: "a project whose account is disabled",
    arrange: saying(refused(403, "accountDisabled"), () => ({ at: ["bucket"] })),
    finding: "list failed permission_denied -",
    suggestion: "billing"
  },
  {
    name: "asked too often, always",
    arrange: saying(refused(429, "rateLimitExceeded")),
    finding: "authenticate failed rate_limited -",
    suggestion: "try again later"
  },
  {
    name: "asked too often, with 403",
    arrange: saying(refused(403, "userRateLimitExceeded")),
    finding: "authenticate failed rate_limited -",
    suggestion: "try again later"
  },
  {
    name: "a quota that is used up",
    arrange: saying(refused(403, "quotaExceeded")),
    finding: "authenticate failed quota_exceeded -",
    suggestion: "free space"
  },
  {
    name: "a backend that fails, always",
    arrange: saying(refused(503, "backendError")),
    finding: "authenticate failed provider_unavailable -",
    suggestion: "try again"
  },
  {
    name: "a listing that is cut",
    arrange: saying({
      status: 200,
      headers: { "content-type": "application/json" },
      body: '{"kind":"storage#buckets","items":['
    }),
    finding: "authenticate failed integrity_error -",
    suggestion: "damages"
  },
  {
    name: "a listing of something else",
    arrange: saying({
      status: 200,
      headers: { "content-type": "application/json" },
      body: '{"kind":"drive#files","items":[]}'
    }),
    finding: "authenticate failed not_a_storage_endpoint #/endpoint",
    suggestion: "JSON API"
  }
])
