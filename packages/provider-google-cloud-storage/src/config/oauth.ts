/**
 * Options of OAuth 2.0: a token that is refreshed, or one for an application by itself.
 */
import { Options } from "@mooring/core"

const group = "OAuth"

/** Option to its schema. */
export const oauth = {
  token: Options.secret("token", {
    help: "OAuth token as JSON, with access_token, refresh_token and expiry, as rclone keeps it.",
    group,
    credential: true
  }),
  client_id: Options.text({
    help: "ID of the OAuth client that the token is for. Needed to refresh it, and with client_credentials.",
    group,
    credential: true
  }),
  client_secret: Options.secret("client_secret", { help: "Secret of the OAuth client.", group, credential: true }),
  token_url: Options.text({
    help: "Address of the token service. Empty is https://oauth2.googleapis.com/token.",
    group,
    advanced: true,
    danger: "url"
  }),
  client_credentials: Options.boolean({
    help: "Ask for a token for the OAuth client itself. Google's own token service gives none: it needs token_url.",
    group,
    advanced: true
  }),
  auth_url: Options.text({
    help: "Address at which a person permits access.",
    group,
    advanced: true,
    deprecated: "Does nothing: Mooring opens no browser, a token that was permitted elsewhere goes to token."
  })
}
