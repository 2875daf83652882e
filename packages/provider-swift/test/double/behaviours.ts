/**
 * What the double does and how sure we are of it. `double.test.ts` takes its cases from this table by type, so a
 * behaviour without a case does not compile. No server of Debian speaks version 2 any more.
 */
export type Behaviour =
  | { readonly evidence: "assumed"; readonly rule: string }
  | { readonly evidence: "documented"; readonly rule: string; readonly source: string }

const documented = (source: string, rule: string) => ({ evidence: "documented", rule, source }) as const
const assumed = (rule: string) => ({ evidence: "assumed", rule }) as const

/** The interface as its last edition has it. */
const identity2 = "https://docs.openstack.org/api-ref/identity/v2/"
const store = "https://docs.openstack.org/api-ref/object-store/"

export const behaviours = {
  passwordCredentials: documented(
    identity2,
    "POST /v2.0/tokens with a user's password and tenant gives a token and catalog"
  ),
  tenantById: documented(identity2, "A tenant is named by tenantName or tenantId"),
  withoutTenant: documented(identity2, "A token for no tenant has an empty catalog"),
  wrongPassword: documented(identity2, "Wrong credentials are 401"),
  malformed: documented(identity2, "A body of another form is 400"),
  apiKeyCredentials: assumed("Rackspace takes API keys as RAX-KSKEY:apiKeyCredentials, and no API key as a password"),
  contentType: assumed("A body that does not say it is JSON is 415"),
  tokenNeeded: documented(store, "A request without a valid token is 401"),
  putAndGet: documented(store, "PUT stores bytes and answers with their MD5 as ETag; GET, HEAD and DELETE find them"),
  wrongEtag: documented(store, "A PUT whose ETag is not the MD5 of its bytes is 422 and stores nothing"),
  missingContainer: documented(store, "A PUT into a container that does not exist is 404"),
  listing: documented(store, "A listing has at most limit names behind marker, of a prefix, in their order"),
  shortPages: assumed("A service may give fewer names than asked for before the last page"),
  noInfo: documented(`${store}#discoverability`, "A service may not tell what it can do: /info is 404")
} as const satisfies Readonly<Record<string, Behaviour>>
