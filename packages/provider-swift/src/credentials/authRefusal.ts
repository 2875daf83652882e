/**
 * The error of an authentication that was refused, with the option to blame.
 */
import { StorageError } from "@mooring/core"
import type { HttpResponse } from "@mooring/core/Transport"
import { looksLikeHtml } from "@mooring/core/xml/looksLikeHtml"
import * as Schema from "effect/Schema"
import { storageErrorOf } from "../errors.ts"
import type { Login, Version3 } from "./AuthSource.ts"
import { versionIn } from "./loginOf.ts"

type Asking = Exclude<Login, { readonly kind: "given" }>

/** The answer of something that does not authenticate in this version; an address that names another is believed. */
export const notAuthentication = ({ kind, url }: Asking, status: number): StorageError => {
  const named = versionIn(url)
  const other = named !== 0 && `v${named}` !== kind
  return StorageError.of(
    "not_a_storage_endpoint",
    `there is no authentication of version ${kind.slice(1)} at the auth URL`,
    {
      pointer: other ? "#/auth_version" : "#/auth",
      suggestion: other
        ? String(named)
        : "the address of the authentication service up to v1.0, v2.0 or v3, and the version it is of as auth_version",
      status
    }
  )
}

interface Blame {
  readonly pointer: string
  readonly detail: string
  readonly suggestion: string
}

const ofVersion3: Readonly<Record<Version3["identity"]["method"], Blame>> = {
  password: {
    pointer: "#/key",
    detail: "the service does not accept this user and key",
    suggestion: "the password of the user; or another user, domain or project if it is right"
  },
  token: {
    pointer: "#/auth_token",
    detail: "the service does not accept this token",
    suggestion: "a token of this service that has not expired"
  },
  application_credential: {
    pointer: "#/application_credential_secret",
    detail: "the service does not accept this application credential",
    suggestion: "the secret that was shown when it was made, with its id; or a new application credential"
  }
}

const blameOf = (login: Asking): Blame =>
  login.kind === "v3"
    ? ofVersion3[login.identity.method]
    : {
        pointer: "#/key",
        detail: "the service does not accept this user and key",
        suggestion:
          login.kind === "v1"
            ? "the user as account:user, and its key"
            : "the user name, its password or API key, and the tenant"
      }

const jsonOf = Schema.decodeUnknownOption(Schema.fromJsonString(Schema.Unknown))

/** The error as Keystone writes it, in all versions: a member with a code. */
const isKeystoneError = Schema.is(Schema.Record(Schema.String, Schema.Struct({ code: Schema.Finite })))

/** Whether a service of authentication refuses, and not something before it or in its place. */
const isRefusal = ({ status, headers }: Answer, text: string): boolean => {
  const known = ["x-openstack-request-id", "x-trans-id", "www-authenticate"].some((name) => headers[name] !== undefined)
  if (known) return true
  const json = jsonOf(text)
  if (json._tag === "Some") return isKeystoneError(json.value)
  // Services of version 1 have no form for that: a bare 401 is one, a page or words that forbid are of something else.
  return status === 401 && !looksLikeHtml(Buffer.from(text))
}

type Answer = Pick<HttpResponse, "status" | "headers">

/** The error of a status that is no success, and the beginning of its body. */
export const authRefusal = (login: Asking, { status, headers }: Answer, text = ""): StorageError => {
  const { pointer, detail, suggestion } = blameOf(login)
  if ((status === 401 || status === 403) && !isRefusal({ status, headers }, text)) {
    return notAuthentication(login, status)
  }
  // Keystone does not find a token that it does not know.
  const unknownToken =
    status === 404 &&
    login.kind === "v3" &&
    login.identity.method === "token" &&
    headers["x-openstack-request-id"] !== undefined
  if (status === 401 || unknownToken) return StorageError.of("auth_invalid", detail, { pointer, suggestion, status })
  if (status === 403 && login.kind === "v1") {
    // Ceph's answer to a name that it does not know.
    return StorageError.of("auth_invalid", "the service does not let this user authenticate", {
      pointer: "#/user",
      suggestion: "the user as account:user, one that is there and enabled",
      status
    })
  }
  if (status === 403) {
    return StorageError.of("permission_denied", "the service does not let this user authenticate", {
      pointer: "#/user",
      suggestion: "a user that is enabled and has a role in the project",
      status
    })
  }
  if (status >= 300 && status < 500 && status !== 408 && status !== 429) return notAuthentication(login, status)
  return storageErrorOf({ status, retryAfter: headers["retry-after"] })
}
