/**
 * What the double does and how sure we are of it. The tests take their cases from these tables by type, so a behaviour
 * without a case does not compile. No server of Debian speaks version 2 any more.
 */
export type Behaviour =
  /** The vendor's own client did it, or we believe it. */
  | { readonly evidence: "vendor-validated" | "assumed"; readonly rule: string }
  /** The vendor's page says it. */
  | { readonly evidence: "documented"; readonly rule: string; readonly source: string }

const validated = (rule: string) => ({ evidence: "vendor-validated", rule }) as const
const documented = (source: string, rule: string) => ({ evidence: "documented", rule, source }) as const
const assumed = (rule: string) => ({ evidence: "assumed", rule }) as const

/** The interface as its last edition has it. */
const identity2 = "https://docs.openstack.org/api-ref/identity/v2/"
const store = "https://docs.openstack.org/api-ref/object-store/"

/** What python-keystoneclient and python-swiftclient complete. */
export const admissions = {
  passwordCredentials: validated("POST /v2.0/tokens with a user's password and tenant gives a token and catalog"),
  tenantById: validated("A tenant is named by tenantId"),
  withoutTenant: validated("A token for no tenant has an empty catalog"),
  endpoints: validated("The catalog has an address for each region, public and internal"),
  account: validated("HEAD and GET of the account: its containers"),
  containers: validated("PUT, HEAD and DELETE of a container"),
  objects: validated("PUT stores bytes and answers with their MD5 as ETag; HEAD, GET and DELETE find them"),
  pages: validated("A listing in pages behind a marker, in the order of bytes"),
  delimiter: validated("A listing below a prefix, those with the delimiter behind it as one"),
  renewal: validated("A token that is refused with 401 is followed by another")
} as const satisfies Readonly<Record<string, Behaviour>>

/** A valid request, changed in one thing, is refused. */
export const mutations = {
  passwordChanged: documented(identity2, "Another password is 401"),
  userChanged: documented(identity2, "A user who is not there is 401"),
  tenantChanged: documented(identity2, "A tenant of which the user is no member, or its name as id, is 401"),
  passwordMissing: documented(identity2, "A body without a password is 400"),
  twoCredentials: documented(identity2, "A body with two kinds of credentials is 400"),
  twoTenants: assumed("A body with tenantId and tenantName is 400"),
  memberUnknown: assumed("A body with a member that nobody knows is 400"),
  notJson: documented(identity2, "A body that is no JSON is 400"),
  contentType: assumed("A body that does not say it is JSON is 415"),
  pathChanged: documented(identity2, "Another path or method is 404"),
  apiKeyAsPassword: assumed("An API key is no password"),
  tokenChanged: documented(store, "A request without a valid token is 401"),
  accountChanged: assumed("Another account is 404, as an address that Swift does not serve"),
  etagChanged: documented(store, "A PUT whose ETag is not the MD5 of its bytes is 422 and stores nothing"),
  containerMissing: documented(store, "A PUT into a container that does not exist is 404"),
  containerFull: documented(store, "A DELETE of a container with objects is 409"),
  objectMissing: documented(store, "GET, HEAD and DELETE of an object that is not there are 404"),
  nameTooLong: documented(store, "A name of 1025 bytes, and that of a container of 257, is 400"),
  limitTooLarge: documented(store, "A page of more than 10,000 names is 412"),
  parameterUnknown: assumed("A parameter that the double lacks is 400"),
  headerUnknown: assumed("An x- header that the double lacks is 501"),
  methodUnknown: documented(store, "Another method is 405")
} as const satisfies Readonly<Record<string, Behaviour>>

/** What no client of the vendor can show. */
export const rest = {
  apiKeyCredentials: assumed("Rackspace takes API keys as RAX-KSKEY:apiKeyCredentials"),
  textListing: documented(store, "A listing without format=json has a name in each line; an empty one is 204"),
  shortPages: assumed("A service may give fewer names than asked for before the last page"),
  noInfo: documented(`${store}#discoverability`, "A service may not tell what it can do: /info is 404")
} as const satisfies Readonly<Record<string, Behaviour>>
