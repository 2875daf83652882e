/** Identities of other providers, and service accounts that others act as. */
import { assumed, standard, validated, type Behaviour } from "./Behaviour.ts"

const documented = (source: string, rule: string) =>
  ({ evidence: "documented", rule, source: `https://cloud.google.com/iam/docs/${source}` }) as const

const exchange = "reference/sts/rest/v1/TopLevel/token"
const impersonation = "reference/credentials/rest/v1/projects.serviceAccounts/generateAccessToken"

export const federationAdmissions = {
  exchange: validated("A token of another provider is exchanged"),
  exchangeAws: validated("A request that a key of AWS signed is exchanged"),
  exchangeImpersonating: validated("An identity of another provider acts as a service account"),
  impersonate: validated("A service account acts as another"),
  impersonateThrough: validated("A service account acts as another through a delegate")
} satisfies Record<string, Behaviour>

export const federationRefusals = {
  subjectUnknown: standard(8693, "An unknown subject token is invalid_grant"),
  subjectMissing: standard(8693, "An exchange without a subject token is invalid_request"),
  subjectTypeOther: documented(exchange, "Another type of subject token than the provider's is invalid_request"),
  requestedTypeOther: documented(exchange, "Another requested type than an access token is invalid_request"),
  exchangeGrantOther: documented(exchange, "Another grant type at an exchange is unsupported_grant_type"),
  exchangeAudience: standard(8693, "An unknown audience of an exchange is invalid_target"),
  exchangeScope: standard(6749, "An unknown scope of an exchange is invalid_scope"),
  awsTarget: assumed("A request to AWS for another audience is invalid_request"),
  awsAction: assumed("A request to AWS for something else is invalid_request"),
  awsSignature: assumed("A changed request to AWS is invalid_grant"),
  awsKeyUnknown: assumed("A request to AWS with an unknown key is invalid_grant"),
  awsSession: assumed("A request to AWS without its session is invalid_grant"),
  awsOld: assumed("A request to AWS of 16 minutes ago is invalid_grant"),
  actorDenied: documented(impersonation, "Who may not act as the account is denied: 403"),
  actorScope: documented(impersonation, "A token without the scope cloud-platform acts as nobody: 403"),
  actorMissing: documented(impersonation, "Nobody acts as nobody: 401"),
  actedUnknown: assumed("An unknown account is denied as one that is not permitted: 403"),
  actedScope: documented(impersonation, "Acting without a scope is 400"),
  actedLong: documented(impersonation, "Acting for more than an hour is 400"),
  delegateDenied: documented(impersonation, "A delegate that may not act as the next is denied: 403")
} satisfies Record<string, Behaviour>
