/**
 * Options that say how objects are kept: access, storage class and encryption.
 */
import { Options } from "@mooring/core"

const group = "Objects"
const encryption = "Encryption"

/** The options of these groups. */
export const objects = {
  acl: Options.text({
    help: "Canned ACL of new objects. One that the provider is known to lack is refused.",
    group,
    suggestions: [
      "private",
      "public-read",
      "public-read-write",
      "authenticated-read",
      "bucket-owner-read",
      "bucket-owner-full-control"
    ]
  }),
  bucket_acl: Options.text({
    help: "Canned ACL of new buckets. One that the provider is known to lack is refused.",
    group,
    advanced: true,
    suggestions: ["private", "public-read", "public-read-write", "authenticated-read"]
  }),
  storage_class: Options.text({
    help: "Storage class of new objects, as the service names it. One that the provider is known to lack is refused.",
    group,
    suggestions: [
      "STANDARD",
      "STANDARD_IA",
      "ONEZONE_IA",
      "INTELLIGENT_TIERING",
      "GLACIER_IR",
      "GLACIER",
      "DEEP_ARCHIVE"
    ]
  }),
  server_side_encryption: Options.text({
    help: "Encryption by the service.",
    group: encryption,
    suggestions: ["", "AES256", "aws:kms"]
  }),
  sse_kms_key_id: Options.text({ help: "ARN of the KMS key.", group: encryption }),
  sse_customer_algorithm: Options.text({
    help: "Algorithm of encryption with a key of yours.",
    group: encryption,
    advanced: true,
    suggestions: ["", "AES256"]
  }),
  sse_customer_key: Options.secret("sse_customer_key", {
    help: "Your key to encrypt with, as text.",
    group: encryption,
    advanced: true
  }),
  sse_customer_key_base64: Options.secret("sse_customer_key_base64", {
    help: "Your key to encrypt with, in base64.",
    group: encryption,
    advanced: true
  }),
  sse_customer_key_md5: Options.secret("sse_customer_key_md5", {
    help: "MD5 of your key, in base64.",
    group: encryption,
    advanced: true
  }),
  no_system_metadata: Options.boolean({
    help: "Neither set nor read metadata of the system.",
    group,
    advanced: true
  }),
  encoding: Options.encoding({
    help: "Characters that are replaced in names.",
    group,
    advanced: true,
    default: "50331650"
  })
}
