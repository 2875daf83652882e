/** The valid requests that the mutations start from. */
import { base64Md5, bucket, temporaryKey, type Fixture } from "./fixture.ts"
import { basesV2 } from "./basesV2.ts"
import { directoryBases } from "./directoryBases.ts"
import { presign, sign, type Unsigned } from "./wire.ts"

export const putting = ({ host }: Fixture): Unsigned => ({
  method: "PUT",
  host,
  path: `/${bucket}/key`,
  headers: { "x-amz-meta-colour": "blue" },
  body: "hello"
})

export const listing = ({ host }: Fixture): Unsigned => ({
  method: "GET",
  host,
  path: `/${bucket}`,
  query: { "list-type": "2", prefix: "s" }
})

export const marking = ({ host }: Fixture): Unsigned => ({
  method: "GET",
  host,
  path: `/${bucket}`,
  query: { delimiter: "/", marker: "a", "max-keys": "1", "encoding-type": "url" }
})

export const getting = ({ host }: Fixture): Unsigned => ({
  method: "GET",
  host,
  path: `/${bucket}/stored`,
  query: { "response-content-type": "text/a" }
})

export const deletion = "<Delete><Object><Key>stored</Key></Object></Delete>"

export const deleting = ({ host }: Fixture, body = deletion): Unsigned => ({
  method: "POST",
  host,
  path: `/${bucket}`,
  query: { delete: "" },
  headers: { "content-md5": base64Md5(body) },
  body
})

/** Each of these is accepted as it is. */
export const bases = {
  put: (fixture: Fixture) => sign(putting(fixture)),
  list: (fixture: Fixture) => sign(listing(fixture)),
  mark: (fixture: Fixture) => sign(marking(fixture)),
  temporary: (fixture: Fixture) => sign(listing(fixture), { accessKey: temporaryKey }),
  presigned: (fixture: Fixture) => presign(getting(fixture)),
  delete: (fixture: Fixture) => sign(deleting(fixture)),
  ...basesV2,
  ...directoryBases
}
