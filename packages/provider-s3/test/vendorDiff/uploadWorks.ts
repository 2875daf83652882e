/**
 * Works on uploads whose parts come one by one.
 */
import * as S3 from "@aws-sdk/client-s3"
import * as Effect from "effect/Effect"
import { base64Md5 } from "../double/cases/fixture.ts"
import { attributes, begin, options, path, type Work } from "./Work.ts"

const bodies = ["one", "two"] as const

export const uploadWorks: ReadonlyArray<Work> = [
  {
    title: "ListParts in pages",
    operation: "ListParts",
    theirs: async (client) => {
      const upload = await begin(client, attributes)
      for (const [index, Body] of bodies.entries()) {
        const part = { PartNumber: index + 1, Body, ContentMD5: base64Md5(Body) }
        await client.send(new S3.UploadPartCommand({ ...upload, ...part }))
      }
      const { NextPartNumberMarker } = await client.send(new S3.ListPartsCommand(upload))
      await client.send(new S3.ListPartsCommand({ ...upload, PartNumberMarker: NextPartNumberMarker }))
    },
    ours: Effect.fnUntraced(function* (store) {
      const upload = yield* store.openUpload!(path, options)
      for (const [index, body] of bodies.entries()) yield* upload.writePart(index + 1, Buffer.from(body))
      yield* upload.parts
    }),
    options: { pageSize: 1 }
  },
  {
    title: "AbortMultipartUpload of an open upload",
    operation: "AbortMultipartUpload",
    theirs: async (client) => client.send(new S3.AbortMultipartUploadCommand(await begin(client, attributes))),
    ours: (store) => Effect.flatMap(store.openUpload!(path, options), ({ abort }) => abort)
  }
]
