/**
 * Options that say who asks. Without any, requests are anonymous; of several identities the first is used, in the order
 * of `@mooring/azure/identityOf`.
 */
import { linkOrigin } from "@mooring/azure/sas"
import { Options } from "@mooring/core"

const group = "Credentials"
const entra = "Microsoft Entra"
const machine = "Identity of the machine"

export const credentials = {
  key: Options.secret("key", { help: "Key of the storage account, in base64.", group, credential: true }),
  sas_url: Options.secret("sas_url", {
    help: "Address of the account or of a container, with a shared access signature.",
    group,
    credential: true,
    danger: (link) => [{ danger: "url", value: linkOrigin(link) }]
  }),
  tenant: Options.text({ help: "ID or domain of the tenant in Microsoft Entra.", group: entra, credential: true }),
  client_id: Options.text({ help: "ID of the application in Microsoft Entra.", group: entra, credential: true }),
  client_secret: Options.secret("client_secret", {
    help: "Secret of the application.",
    group: entra,
    credential: true
  }),
  client_certificate_path: Options.text({
    help: "Path of a PEM file with certificate and private key of the application. PKCS#12 is to be converted.",
    group: entra,
    advanced: true,
    danger: "server-file"
  }),
  client_certificate_password: Options.secret("client_certificate_password", {
    help: "Password of the private key of the certificate.",
    group: entra,
    advanced: true,
    credential: true
  }),
  client_send_certificate_chain: Options.boolean({
    help: "Send all certificates of the file, which trust by subject name and issuer needs.",
    group: entra,
    advanced: true
  }),
  username: Options.text({ help: "Name of a user.", group: entra, advanced: true, credential: true }),
  password: Options.secret("password", {
    help: "Password of the user, who must not need a second factor.",
    group: entra,
    advanced: true,
    credential: true
  }),
  service_principal_file: Options.text({
    help: "Path of a JSON file with appId, password and tenant, as az ad sp create-for-rbac prints it.",
    group: entra,
    advanced: true,
    danger: "server-file"
  }),
  disable_instance_discovery: Options.boolean({
    help: "Do not ask Microsoft which token services there are. Mooring never does, so both values mean the same.",
    group: entra,
    advanced: true
  }),
  env_auth: Options.boolean({
    help: "Use the identity of the environment in which Mooring runs. That is the first of variables, a workload's token, the machine's identity and the Azure CLI.",
    group: machine,
    danger: "ambient-identity"
  }),
  use_msi: Options.boolean({
    help: "Use the managed identity of the machine on which Mooring runs.",
    group: machine,
    advanced: true,
    danger: "ambient-identity"
  }),
  msi_client_id: Options.text({
    help: "Client ID of the managed identity, where the machine has several.",
    group: machine,
    advanced: true
  }),
  msi_object_id: Options.text({
    help: "Object ID of the managed identity, where the machine has several.",
    group: machine,
    advanced: true
  }),
  msi_mi_res_id: Options.text({
    help: "Resource ID of the managed identity, where the machine has several.",
    group: machine,
    advanced: true
  }),
  use_az: Options.boolean({
    help: "Use whoever is signed in to the Azure CLI on the machine on which Mooring runs.",
    group: machine,
    advanced: true,
    danger: "exec"
  })
}
