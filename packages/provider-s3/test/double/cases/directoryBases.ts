/** Valid requests to a directory bucket that the mutations start from. */
import { bySession, hostOf } from "./directoryFixture.ts"
import type { Fixture } from "./fixture.ts"
import type { Unsigned } from "./wire.ts"

export const puttingThere = ({ double }: Fixture): Unsigned => ({
  method: "PUT",
  host: hostOf(double),
  path: "/key",
  body: "hello"
})

export const listingThere = ({ double }: Fixture): Unsigned => ({
  method: "GET",
  host: hostOf(double),
  path: "/",
  query: { "list-type": "2", prefix: "dir/", delimiter: "/" }
})

export const directoryBases = {
  directoryPut: (fixture: Fixture) => bySession(fixture.double, puttingThere(fixture)),
  directoryList: (fixture: Fixture) => bySession(fixture.double, listingThere(fixture))
}
