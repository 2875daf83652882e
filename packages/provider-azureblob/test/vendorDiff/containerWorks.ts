/**
 * Works on the account and on containers.
 */
import * as Effect from "effect/Effect"
import { all } from "../double/cases/fixture.ts"
import { path, type Work } from "./Work.ts"

export const containerWorks: ReadonlyArray<Work> = [
  {
    title: "ListContainers",
    operation: "ListContainers",
    theirs: ({ client }) => client.listContainers().byPage({ maxPageSize: 5000 }).next(),
    ours: (store) => store.listPage([])
  },
  {
    title: "GetContainerProperties",
    operation: "GetContainerProperties",
    theirs: ({ container }) => container.getProperties(),
    ours: (store) => store.stat(["container"])
  },
  {
    title: "CreateContainer",
    operation: "CreateContainer",
    theirs: ({ client }) => client.createContainer("created"),
    ours: (store) => store.createContainer!(["created"])
  },
  {
    title: "CreateContainer that everybody may read",
    operation: "CreateContainer",
    theirs: ({ client }) => client.createContainer("created", { access: "blob" }),
    ours: (store) => store.createContainer!(["created"]),
    options: { public_access: "blob" }
  },
  {
    title: "DeleteContainer",
    operation: "DeleteContainer",
    theirs: ({ client }) => client.deleteContainer("empty"),
    ours: (store) => store.removeContainer!(["empty"])
  },
  {
    title: "ListBlobs in pages",
    operation: "ListBlobs",
    theirs: ({ container }) =>
      all(container.listBlobsByHierarchy("/", { includeMetadata: true }).byPage({ maxPageSize: 1 })),
    ours: Effect.fnUntraced(function* (store) {
      const { cursor } = yield* store.listPage(["container"], { limit: 1 })
      yield* store.listPage(["container"], { limit: 1, ...(cursor !== undefined && { cursor }) })
    })
  },
  {
    title: "ListBlobs below a directory, all of them",
    operation: "ListBlobs",
    theirs: ({ container }) =>
      all(container.listBlobsFlat({ prefix: "dir/", includeMetadata: true }).byPage({ maxPageSize: 5000 })),
    ours: (store) => store.listPage(path.slice(0, 2), { recursive: true })
  },
  {
    title: "ListBlobs of uploads",
    operation: "ListBlobs",
    theirs: ({ client }) => {
      const listing = { includeMetadata: true, includeUncommitedBlobs: true }
      return all(client.getContainerClient("pending").listBlobsFlat(listing).byPage({ maxPageSize: 5000 }))
    },
    ours: (store) => store.listUploads!(["pending"])
  },
  {
    title: "GetBlockList of an upload",
    operation: "GetBlockList",
    theirs: async ({ client }) => {
      const blob = client.getContainerClient("pending").getBlockBlobClient("dir/name")
      await blob.getBlockList("uncommitted")
      await blob.exists()
      await blob.commitBlockList([], { conditions: { ifNoneMatch: "*" } })
      await blob.delete()
    },
    ours: (store) => store.abortUpload!({ path: ["pending", "dir", "name"], id: "blocks" })
  }
]
