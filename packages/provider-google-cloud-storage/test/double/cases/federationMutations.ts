/** Changes in exchanges of tokens, and in who acts as whom. */
import type { federationRefusals } from "../behaviours/federation.ts"
import {
  asking,
  clock,
  inBody,
  inSubject,
  inTarget,
  minute,
  withBody,
  withoutHeader,
  type Mutation
} from "./changes.ts"
import { creator, federated, fullControl, platform } from "./fixture.ts"

const refusing = (reason: string) => ({ base: "exchange", status: 400, reason }) as const
const refusingAws = (reason: string) => ({ base: "exchangeAws", status: 400, reason }) as const

const acts = "impersonate"
const denied = { base: acts, status: 403, reason: "PERMISSION_DENIED" } as const
const badArgument = { base: acts, status: 400, reason: "INVALID_ARGUMENT" } as const

export const federationMutations: Record<keyof typeof federationRefusals, Mutation> = {
  subjectUnknown: { ...refusing("invalid_grant"), mutate: inBody(/subject_token=[^&]*/, "subject_token=other") },
  subjectMissing: { ...refusing("invalid_request"), mutate: inBody(/&subject_token=[^&]*/, "") },
  subjectTypeOther: { ...refusing("invalid_request"), mutate: inBody(/token-type%3Ajwt/, "token-type%3Asaml2") },
  requestedTypeOther: {
    ...refusing("invalid_request"),
    mutate: inBody(/token-type%3Aaccess_token/, "token-type%3Aid_token")
  },
  exchangeGrantOther: {
    ...refusing("unsupported_grant_type"),
    mutate: inBody(/grant-type%3Atoken-exchange/, "grant-type%3Ajwt-bearer")
  },
  exchangeAudience: { ...refusing("invalid_target"), mutate: inBody(/providers%2Foidc/, "providers%2Fother") },
  exchangeScope: { ...refusing("invalid_scope"), mutate: inBody(/cloud-platform/, "nothing") },
  awsTarget: { ...refusingAws("invalid_request"), mutate: inSubject(/providers\/aws/, "providers/other") },
  awsAction: { ...refusingAws("invalid_request"), mutate: inSubject(/GetCallerIdentity/, "GetSessionToken") },
  awsSignature: { ...refusingAws("invalid_grant"), mutate: inSubject(/Version=2011-06-15/, "Version=2011-06-16") },
  awsKeyUnknown: { ...refusingAws("invalid_grant"), mutate: inSubject(/Credential=\w+/, "Credential=AKIAOTHER") },
  awsSession: { ...refusingAws("invalid_grant"), mutate: inSubject(/"aws-session"/, '"another"') },
  awsOld: { ...refusingAws("invalid_grant"), mutate: clock(16 * minute) },
  actorDenied: { ...denied, mutate: asking({ identity: creator, scopes: [platform] }) },
  actorScope: {
    base: acts,
    mutate: asking({ identity: federated, scopes: [fullControl] }),
    status: 403,
    reason: "insufficientPermissions"
  },
  actorMissing: { base: acts, mutate: withoutHeader("authorization"), status: 401, reason: "required" },
  actedUnknown: { ...denied, mutate: inTarget(/reader@/, "nobody@") },
  actedScope: { ...badArgument, mutate: withBody('{"scope":[]}') },
  actedLong: { ...badArgument, mutate: inBody(/600s/, "3601s") },
  delegateDenied: {
    ...denied,
    mutate: inBody(/"lifetime"/, `"delegates":["projects/-/serviceAccounts/${creator.email}"],"lifetime"`)
  }
}
