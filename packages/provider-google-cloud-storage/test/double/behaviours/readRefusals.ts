/** Refusals whose code and reason the vendor's client reads out of the answer. */
import { validated, type Behaviour } from "./Behaviour.ts"

export const readRefusals = {
  readMissing: validated("The client reads 404 notFound for an object that is not there"),
  readDownloadMissing: validated("The client reads 404 and the text for a download of what is not there"),
  readBucketMissing: validated("The client reads 404 notFound for a bucket that is not there"),
  readTaken: validated("The client reads 412 conditionNotMet for a name that is taken"),
  readConflict: validated("The client reads 409 conflict for a bucket that is there"),
  readNotEmpty: validated("The client reads 409 conflict for a bucket with objects"),
  readForbidden: validated("The client reads 403 forbidden for what an account may not"),
  readAnonymous: validated("The client reads 401 required without a token"),
  readRange: validated("The client reads 416 for a range behind the end"),
  readSum: validated("The client reads 400 invalid for a wrong MD5"),
  readUniform: validated("The client reads 400 invalid for an ACL where access is uniform"),
  readPayer: validated("The client reads 400 required where requesters pay"),
  readGrant: validated("The client reads invalid_grant for an unknown account")
} satisfies Record<string, Behaviour>
