/**
 * Upload sessions in the tokens of uploads that stay open.
 */
import * as Redacted from "effect/Redacted"
import type { Session } from "./uploads.ts"

/** A text that holds the session, for a token. */
export const textOfSession = (session: Session, token: (text: string) => string): string =>
  token(Redacted.value(session))

/** The session of such a text; undefined if it is none: a token must not make us ask for anything else. */
export const sessionFromText = (text: string): Session | undefined =>
  /^\/upload\/storage\/v1\/b\/[^\s?#/]+\/o\?[\x21-\x7e]*upload_id=[\x21-\x7e]+$/.test(text)
    ? Redacted.make(text)
    : undefined
