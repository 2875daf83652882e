/**
 * Options that say where the service is.
 */
import { Options } from "@mooring/core"

const group = "Connection"

export const connection = {
  account: Options.text({
    help: "Name of the storage account. Not needed with sas_url or use_emulator, or where endpoint begins with it.",
    group
  }),
  endpoint: Options.text({
    help: "Address of the service, without a container. Empty is that of the account in the public cloud.",
    group,
    advanced: true,
    suggestions: ["https://ACCOUNT.blob.core.windows.net", "http://127.0.0.1:10000/devstoreaccount1"],
    danger: "url"
  }),
  use_emulator: Options.boolean({
    help: "Use an emulator on this machine. Its usual account, key and address stand in for those that are empty.",
    group,
    advanced: true,
    danger: (used) => (used ? [{ danger: "url", value: "http://127.0.0.1:10000" }] : [])
  }),
  description: Options.text({ help: "A note for people.", group, advanced: true })
}
