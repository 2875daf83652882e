/**
 * The specified options of decentralized stores and archives.
 */
import type { SpecifiedProvider } from "./SpecifiedProvider.ts"

export const decentralized: Readonly<Record<string, SpecifiedProvider>> = {
  storj: {
    backendType: "storj",
    options: [
      ["provider", "string", false, "existing", ["existing", "new"]],
      ["satellite_address", "string", false, "us1.storj.io", ["us1.storj.io", "eu1.storj.io", "ap1.storj.io"]],
      ["api_key", "string", false, ""],
      ["passphrase", "string", false, ""],
      ["access_grant", "string", false, ""],
      ["description", "string", false, ""]
    ]
  },
  tardigrade: {
    backendType: "tardigrade",
    options: [
      ["provider", "string", false, "existing", ["existing", "new"]],
      ["satellite_address", "string", false, "us1.storj.io", ["us1.storj.io", "eu1.storj.io", "ap1.storj.io"]],
      ["api_key", "string", false, ""],
      ["passphrase", "string", false, ""],
      ["access_grant", "string", false, ""],
      ["description", "string", false, ""]
    ]
  },
  sia: {
    backendType: "sia",
    options: [
      ["api_url", "string", false, "http://127.0.0.1:9980"],
      ["api_password", "string", false, ""],
      ["user_agent", "string", false, "Sia-Agent"],
      ["description", "string", false, ""],
      ["encoding", "string", false, "50436354"]
    ]
  },
  internetarchive: {
    backendType: "internetarchive",
    options: [
      ["endpoint", "string", false, "https://s3.us.archive.org"],
      ["front_endpoint", "string", false, "https://archive.org"],
      ["access_key_id", "string", false, ""],
      ["secret_access_key", "string", false, ""],
      ["wait_archive", "integer", false, 0],
      ["disable_checksum", "boolean", false, true],
      ["description", "string", false, ""],
      ["encoding", "string", false, "50446342"]
    ]
  }
}
