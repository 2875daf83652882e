/** Identities of Microsoft Entra and of the machine. */
import { family, type Config, type Situation } from "@mooring/testkit/doctor"
import * as Effect from "effect/Effect"

const account = "acme"
const application = { account, tenant: "t", client_id: "c" }

/** Nothing of the service is reached: the identity comes first. */
const given = (config: Config, situation: Partial<Situation> = {}) => Effect.succeed({ config, ...situation })

export const tokens = family("tokens", [
  {
    name: "half an application",
    arrange: given({ account, client_secret: "hush-hush" }),
    finding: "options missing_field #/tenant, missing_field #/client_id",
    suggestion: "beside client_secret"
  },
  {
    name: "an application without a secret",
    arrange: given(application),
    finding: "options missing_field #/client_secret",
    suggestion: "beside client_id"
  },
  {
    name: "a user without a password",
    arrange: given({ ...application, username: "u" }),
    finding: "options missing_field #/password",
    suggestion: "beside username"
  },
  {
    name: "a path for a tenant",
    arrange: given({ account, tenant: "a/b", client_id: "c", client_secret: "hush-hush" }),
    finding: "options invalid_value #/tenant",
    suggestion: "ID or a domain"
  },
  {
    name: "a machine named in two ways",
    arrange: given({ account, use_msi: true, msi_client_id: "a", msi_object_id: "b" }),
    finding: "options conflicting_fields #/msi_object_id",
    suggestion: "write one"
  },
  {
    name: "a name of a machine whose identity is not used",
    arrange: given({ account, msi_client_id: "a" }),
    finding: "options missing_field #/use_msi",
    suggestion: "beside msi_client_id"
  },
  {
    name: "a token over http",
    arrange: given({ account, endpoint: "http://store.test", use_az: true }),
    finding: "options invalid_value #/endpoint",
    suggestion: "https"
  },
  {
    name: "the Azure CLI where the operator permits no programs",
    arrange: given({ account, use_az: true }),
    finding: "authenticate failed ambient_credentials_forbidden #/use_az",
    suggestion: "write the credentials themselves"
  },
  {
    name: "the machine's identity where the operator permits none",
    arrange: given({ account, use_msi: true }),
    finding: "authenticate failed ambient_credentials_forbidden #/use_msi",
    suggestion: "write the credentials themselves"
  },
  {
    name: "the environment's identity where the operator permits none",
    arrange: given({ account, env_auth: true }),
    finding: "authenticate failed ambient_credentials_forbidden #/env_auth",
    suggestion: "write the credentials themselves"
  },
  {
    name: "a file of a principal where the operator permits no files",
    arrange: given({ account, service_principal_file: "/principal.json" }),
    finding: "authenticate failed server_path_forbidden #/service_principal_file",
    suggestion: "write the credentials themselves"
  },
  {
    name: "a token service whose name does not exist",
    arrange: given({ ...application, client_secret: "hush-hush" }),
    finding: "resolve failed dns_failed #/client_secret",
    suggestion: "token service"
  }
])
