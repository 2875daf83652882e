/** A refusal of a token endpoint (RFC 6749 5.2). */
import { jsonAnswer, type Answer } from "../Answer.ts"
import { Refusal } from "../Refusal.ts"

/** `reason` is the code of the error. */
export class OAuthRefusal extends Refusal {}

export const invalidGrant = (description: string): OAuthRefusal => new OAuthRefusal(400, "invalid_grant", description)

export const invalidClient = (description: string): OAuthRefusal => new OAuthRefusal(401, "invalid_client", description)

export const invalidRequest = (description: string): OAuthRefusal =>
  new OAuthRefusal(400, "invalid_request", description)

export const oauthAnswer = ({ status, reason, message, details }: OAuthRefusal): Answer =>
  jsonAnswer({ error: reason, error_description: message }, { "cache-control": "no-store", ...details.headers }, status)
