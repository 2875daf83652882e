/**
 * Works in an account that keeps versions.
 */
import { all } from "../double/cases/fixture.ts"
import { oldVersion, storedPath, type Work } from "./Work.ts"

const setup = { versioning: true }

export const stateWorks: ReadonlyArray<Work> = [
  {
    title: "ListBlobs with versions",
    operation: "ListBlobs",
    theirs: ({ container }) => {
      const states = { includeMetadata: true, includeSnapshots: true, includeDeleted: true, includeVersions: true }
      return all(container.listBlobsFlat({ prefix: "stored", ...states }).byPage({ maxPageSize: 5000 }))
    },
    ours: (store) => store.versions!(storedPath),
    setup
  },
  {
    title: "GetBlob of a version",
    operation: "GetBlob",
    theirs: ({ container }, double) => container.getBlobClient("stored").withVersion(oldVersion(double)).download(),
    ours: (store, double) => store.read(storedPath, { version: `versionid=${oldVersion(double)}` }),
    setup
  },
  {
    title: "DeleteBlob of a version",
    operation: "DeleteBlob",
    theirs: ({ container }, double) => container.getBlobClient("stored").withVersion(oldVersion(double)).delete(),
    ours: (store, double) => store.removeVersion!(storedPath, `versionid=${oldVersion(double)}`),
    setup
  }
]
