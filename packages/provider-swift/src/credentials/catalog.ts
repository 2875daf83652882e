/**
 * The address of the object store in a catalog. Pure.
 *
 * Version 2 and 3 write catalogs differently
 * (https://docs.openstack.org/api-ref/identity/v3/#catalog and https://docs.openstack.org/api-ref/identity/v2/).
 */
import { StorageError } from "@mooring/core"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { EndpointType } from "./AuthSource.ts"
import { addressIn } from "./loginOf.ts"

/** One address of the object store. */
export interface Endpoint {
  readonly type: EndpointType
  readonly region: string
  readonly url: string
}

const text = Schema.optionalKey(Schema.NullOr(Schema.String))

/** The body of an answer of version 3. */
export const Version3Answer = Schema.fromJsonString(
  Schema.Struct({
    token: Schema.Struct({
      expires_at: text,
      catalog: Schema.optionalKey(
        Schema.Array(
          Schema.Struct({
            type: text,
            endpoints: Schema.Array(Schema.Struct({ interface: text, region: text, region_id: text, url: text }))
          })
        )
      )
    })
  })
)

/** The body of an answer of version 2. */
export const Version2Answer = Schema.fromJsonString(
  Schema.Struct({
    access: Schema.Struct({
      token: Schema.Struct({ id: Schema.String, expires: text }),
      serviceCatalog: Schema.optionalKey(
        Schema.Array(
          Schema.Struct({
            type: text,
            endpoints: Schema.Array(Schema.Struct({ region: text, publicURL: text, internalURL: text, adminURL: text }))
          })
        )
      )
    })
  })
)

const types = ["public", "internal", "admin"] as const

/** The object store's endpoints of a catalog of version 3. */
export const endpointsOf3 = ({ token: { catalog = [] } }: typeof Version3Answer.Type): ReadonlyArray<Endpoint> =>
  catalog
    .filter(({ type }) => type === "object-store")
    .flatMap(({ endpoints }) =>
      endpoints.flatMap((endpoint) => {
        const type = types.find((one) => one === endpoint.interface || `${one}URL` === endpoint.interface)
        return type === undefined || !endpoint.url
          ? []
          : [{ type, region: endpoint.region_id ?? endpoint.region ?? "", url: endpoint.url }]
      })
    )

/** The object store's endpoints of a catalog of version 2. */
export const endpointsOf2 = ({
  access: { serviceCatalog = [] }
}: typeof Version2Answer.Type): ReadonlyArray<Endpoint> =>
  serviceCatalog
    .filter(({ type }) => type === "object-store")
    .flatMap(({ endpoints }) =>
      endpoints.flatMap((endpoint) =>
        types.flatMap((type) => {
          const url = endpoint[`${type}URL`]
          return url ? [{ type, region: endpoint.region ?? "", url }] : []
        })
      )
    )

/** Texts of a catalog that may be shown: they have the form of a region. */
const shownRegions = (endpoints: ReadonlyArray<Endpoint>): string =>
  [...new Set(endpoints.map(({ region }) => region))].filter((region) => /^[\w.:-]{1,64}$/.test(region)).join(", ")

const noStore = (scoped: boolean): StorageError =>
  scoped
    ? StorageError.of("not_a_storage_endpoint", "the catalog of this project has no object store", {
        pointer: "#/tenant",
        suggestion: "a project that has object storage, or storage_url"
      })
    : StorageError.of("auth_invalid", "the token is for no project, and so has no catalog", {
        pointer: "#/tenant",
        suggestion: "the project, by tenant or tenant_id"
      })

/** The address of the region and type, of several the first. */
export const endpointIn = (
  endpoints: ReadonlyArray<Endpoint>,
  wanted: { readonly region: string | undefined; readonly endpointType: EndpointType; readonly scoped: boolean }
): Result.Result<string, StorageError> => {
  if (endpoints.length === 0) return Result.fail(noStore(wanted.scoped))
  const here = endpoints.filter(({ region }) => wanted.region === undefined || region === wanted.region)
  if (here.length === 0) {
    const known = shownRegions(endpoints)
    return Result.fail(
      StorageError.of("wrong_region", "the catalog has no object store in this region", {
        pointer: "#/region",
        ...(known !== "" && { suggestion: known })
      })
    )
  }
  const found = here.find(({ type }) => type === wanted.endpointType)
  if (found === undefined) {
    return Result.fail(
      StorageError.of(
        "not_a_storage_endpoint",
        `the catalog has no ${wanted.endpointType} address of the object store`,
        {
          pointer: "#/endpoint_type",
          suggestion: here[0]?.type ?? "public"
        }
      )
    )
  }
  const address = addressIn(found.url)
  return address === undefined
    ? Result.fail(
        StorageError.of("not_a_storage_endpoint", "the address of the object store in the catalog is none", {
          pointer: "#/storage_url",
          suggestion: "the address of the account, written as storage_url"
        })
      )
    : Result.succeed(address)
}
