/**
 * The specified options of OpenStack and Akamai.
 */
import type { SpecifiedProvider } from "./SpecifiedProvider.ts"

export const enterprise: Readonly<Record<string, SpecifiedProvider>> = {
  swift: {
    backendType: "swift",
    options: [
      ["user", "string", false, ""],
      ["key", "string", false, ""],
      ["auth", "string", false, "", ["https://auth.api.rackspacecloud.com/v1.0", "https://auth.cloud.ovh.net/v3"]],
      ["auth_version", "integer", false, 0, [0, 1, 2, 3]],
      ["auth_token", "string", false, ""],
      ["tenant", "string", false, ""],
      ["tenant_id", "string", false, ""],
      ["tenant_domain", "string", false, ""],
      ["domain", "string", false, ""],
      ["user_id", "string", false, ""],
      ["application_credential_id", "string", false, ""],
      ["application_credential_name", "string", false, ""],
      ["application_credential_secret", "string", false, ""],
      ["storage_url", "string", false, ""],
      ["region", "string", false, ""],
      ["endpoint_type", "string", false, "public", ["public", "internal", "admin"]],
      ["storage_policy", "string", false, "", ["", "pcs", "pca"]],
      ["chunk_size", "string", false, "5368709120"],
      ["no_chunk", "boolean", false, false],
      ["no_large_objects", "boolean", false, false],
      ["leave_parts_on_error", "boolean", false, false],
      ["use_segments_container", "string", false, "unset", ["true", "false", "unset"]],
      ["fetch_until_empty_page", "boolean", false, false],
      ["partial_page_fetch_threshold", "integer", false, 0],
      ["env_auth", "boolean", false, false],
      ["description", "string", false, ""],
      ["encoding", "string", false, "16777218"]
    ]
  },
  netstorage: {
    backendType: "netstorage",
    options: [
      ["host", "string", true, ""],
      ["account", "string", true, ""],
      ["secret", "string", true, ""],
      ["protocol", "string", false, "https", ["http", "https"]],
      ["description", "string", false, ""]
    ]
  }
}
