/**
 * Options that say where the service is and who asks.
 */
import { Options } from "@mooring/core"

const group = "Connection"

/** Option to its schema. */
export const connection = {
  account: Options.text({
    help: "Application key ID, or the account ID for the master application key.",
    group: "Credentials",
    required: true,
    credential: true
  }),
  key: Options.secret("key", {
    help: "Application key. A key that is narrowed to buckets, a prefix or some capabilities works within them.",
    group: "Credentials",
    required: true,
    credential: true
  }),
  endpoint: Options.text({
    help: "Address of the service. Empty is https://api.backblazeb2.com.",
    group,
    advanced: true,
    danger: "url"
  }),
  download_url: Options.text({
    help: "Address of a content delivery network to download from. It is sent the token of the account.",
    group,
    advanced: true,
    danger: "url"
  }),
  download_auth_duration: Options.integer({
    help: "Seconds for which links are valid at most.",
    group,
    advanced: true,
    default: 604_800,
    minimum: 1,
    maximum: 604_800
  }),
  test_mode: Options.choice({
    help: "Ask the service for failures, to test with.",
    group: "Compatibility",
    advanced: true,
    default: "",
    values: ["", "fail_some_uploads", "expire_some_account_authorization_tokens", "force_cap_exceeded"]
  }),
  description: Options.text({ help: "A note for people.", group, advanced: true })
}
