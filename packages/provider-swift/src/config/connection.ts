/**
 * Options that say where the service is.
 */
import { Options } from "@mooring/core"

const group = "Connection"

export const connection = {
  auth: Options.text({
    help: "Address of the authentication service, such as https://keystone.example.com/v3. Not needed with storage_url and auth_token.",
    group,
    suggestions: ["https://auth.api.rackspacecloud.com/v1.0", "https://auth.cloud.ovh.net/v3"],
    danger: "url"
  }),
  auth_version: Options.choice({
    help: "Version of authentication. 0 takes v1, v2 or v3 from the auth URL.",
    group,
    advanced: true,
    default: 0,
    values: [0, 1, 2, 3]
  }),
  storage_url: Options.text({
    help: "Address of the account in the object store. Empty is what the authentication service says.",
    group,
    advanced: true,
    danger: "url"
  }),
  region: Options.text({
    help: "Region of the object store. Empty is the first in the catalog.",
    group
  }),
  endpoint_type: Options.choice({
    help: "Which address of the catalog is used. With version 1 of authentication, internal is the public host with snet- before it.",
    group,
    advanced: true,
    default: "public",
    values: ["public", "internal", "admin"]
  }),
  description: Options.text({ help: "A note for people.", group, advanced: true })
}
