/**
 * The specified options of clouds with a protocol of their own.
 */
import type { SpecifiedProvider } from "./SpecifiedProvider.ts"

export const cloud: Readonly<Record<string, SpecifiedProvider>> = {
  azureblob: {
    backendType: "azureblob",
    options: [
      ["access_tier", "string", false, "", ["", "hot", "cool", "cold", "archive"]],
      ["account", "string", false, ""],
      ["archive_tier_delete", "boolean", false, false],
      ["chunk_size", "string", false, "4194304"],
      ["client_certificate_password", "string", false, ""],
      ["client_certificate_path", "string", false, ""],
      ["client_id", "string", false, ""],
      ["client_secret", "string", false, ""],
      ["client_send_certificate_chain", "boolean", false, false],
      ["delete_snapshots", "string", false, "", ["", "include", "only"]],
      ["description", "string", false, ""],
      ["directory_markers", "boolean", false, false],
      ["disable_checksum", "boolean", false, false],
      ["disable_instance_discovery", "boolean", false, false],
      ["encoding", "string", false, "21078018"],
      ["endpoint", "string", false, ""],
      ["env_auth", "boolean", false, false],
      ["key", "string", false, ""],
      ["list_chunk", "integer", false, 5000],
      ["memory_pool_flush_time", "integer", false, 60],
      ["memory_pool_use_mmap", "boolean", false, false],
      ["msi_client_id", "string", false, ""],
      ["msi_mi_res_id", "string", false, ""],
      ["msi_object_id", "string", false, ""],
      ["no_check_container", "boolean", false, false],
      ["no_head_object", "boolean", false, false],
      ["password", "string", false, ""],
      ["public_access", "string", false, "", ["", "blob", "container"]],
      ["sas_url", "string", false, ""],
      ["service_principal_file", "string", false, ""],
      ["tenant", "string", false, ""],
      ["upload_concurrency", "integer", false, 16],
      ["upload_cutoff", "string", false, ""],
      ["use_az", "boolean", false, false],
      ["use_emulator", "boolean", false, false],
      ["use_msi", "boolean", false, false],
      ["username", "string", false, ""]
    ]
  },
  azurefiles: {
    backendType: "azurefiles",
    options: [
      ["account", "string", false, ""],
      ["chunk_size", "string", false, "4194304"],
      ["client_certificate_password", "string", false, ""],
      ["client_certificate_path", "string", false, ""],
      ["client_id", "string", false, ""],
      ["client_secret", "string", false, ""],
      ["client_send_certificate_chain", "boolean", false, false],
      ["connection_string", "string", false, ""],
      ["description", "string", false, ""],
      ["encoding", "string", false, "54634382"],
      ["endpoint", "string", false, ""],
      ["env_auth", "boolean", false, false],
      ["key", "string", false, ""],
      ["max_stream_size", "string", false, "10737418240"],
      ["msi_client_id", "string", false, ""],
      ["msi_mi_res_id", "string", false, ""],
      ["msi_object_id", "string", false, ""],
      ["password", "string", false, ""],
      ["sas_url", "string", false, ""],
      ["service_principal_file", "string", false, ""],
      ["share_name", "string", false, ""],
      ["tenant", "string", false, ""],
      ["upload_concurrency", "integer", false, 16],
      ["use_msi", "boolean", false, false],
      ["username", "string", false, ""]
    ]
  },
  "google-cloud-storage": {
    backendType: "google cloud storage",
    options: [
      ["access_token", "string", false, ""],
      ["anonymous", "boolean", false, false],
      ["auth_url", "string", false, ""],
      [
        "bucket_acl",
        "string",
        false,
        "",
        ["authenticatedRead", "private", "projectPrivate", "publicRead", "publicReadWrite"]
      ],
      ["bucket_policy_only", "boolean", false, false],
      ["client_credentials", "boolean", false, false],
      ["client_id", "string", false, ""],
      ["client_secret", "string", false, ""],
      ["decompress", "boolean", false, false],
      ["description", "string", false, ""],
      ["directory_markers", "boolean", false, false],
      ["encoding", "string", false, "50348034"],
      ["endpoint", "string", false, ""],
      ["env_auth", "boolean", false, false],
      ["location", "string", false, "", ["us", "eu", "asia", "us-central1", "europe-west1"]],
      ["no_check_bucket", "boolean", false, false],
      [
        "object_acl",
        "string",
        false,
        "",
        ["authenticatedRead", "bucketOwnerFullControl", "bucketOwnerRead", "private", "projectPrivate", "publicRead"]
      ],
      ["project_number", "string", false, ""],
      ["service_account_credentials", "string", false, ""],
      ["service_account_file", "string", false, ""],
      [
        "storage_class",
        "string",
        false,
        "",
        ["", "MULTI_REGIONAL", "REGIONAL", "NEARLINE", "COLDLINE", "ARCHIVE", "DURABLE_REDUCED_AVAILABILITY"]
      ],
      ["token", "string", false, ""],
      ["token_url", "string", false, ""],
      ["user_project", "string", false, ""]
    ]
  },
  oracleobjectstorage: {
    backendType: "oracleobjectstorage",
    options: [
      ["attempt_resume_upload", "boolean", false, false],
      ["chunk_size", "string", false, "5242880"],
      ["compartment", "string", false, ""],
      ["config_file", "string", false, "~/.oci/config"],
      ["config_profile", "string", false, "Default"],
      ["copy_cutoff", "string", false, "4999610368"],
      ["copy_timeout", "integer", false, 60],
      ["description", "string", false, ""],
      ["disable_checksum", "boolean", false, false],
      ["encoding", "string", false, "50331650"],
      ["endpoint", "string", false, ""],
      ["leave_parts_on_error", "boolean", false, false],
      ["max_upload_parts", "integer", false, 10000],
      ["namespace", "string", true, ""],
      ["no_check_bucket", "boolean", false, false],
      [
        "provider",
        "string",
        true,
        "env_auth",
        [
          "env_auth",
          "user_principal_auth",
          "instance_principal_auth",
          "workload_identity_auth",
          "resource_principal_auth",
          "no_auth"
        ]
      ],
      ["region", "string", true, ""],
      ["sse_customer_algorithm", "string", false, "", ["", "AES256"]],
      ["sse_customer_key", "string", false, ""],
      ["sse_customer_key_file", "string", false, ""],
      ["sse_customer_key_sha256", "string", false, ""],
      ["sse_kms_key_id", "string", false, ""],
      ["storage_tier", "string", false, "Standard", ["Standard", "InfrequentAccess", "Archive"]],
      ["upload_concurrency", "integer", false, 10],
      ["upload_cutoff", "string", false, "209715200"]
    ]
  }
}
