/**
 * Put Block, Put Block List and Get Block List.
 *
 * Sources: https://learn.microsoft.com/rest/api/storageservices/put-block,
 * https://learn.microsoft.com/rest/api/storageservices/put-block-list and
 * https://learn.microsoft.com/rest/api/storageservices/get-block-list
 */
import { AzureFailure, badQuery } from "../AzureFailure.ts"
import { empty, xmlAnswer } from "../Answer.ts"
import { attributeHeaders, attributesIn, requireLength, verifyMd5, writtenHeaders } from "../attributes.ts"
import { blobNotFound, placeOf, putState, requireOnline, type Block, type Place } from "../blobs.ts"
import { checkWriting } from "../conditions.ts"
import { checkLease, checkPending } from "../leases.ts"
import type { Operation } from "../Operation.ts"
import { parameter, type RawRequest } from "../rawRequest.ts"
import { element, elements, parent } from "../xml.ts"

const mostBlocks = 50_000

const blockIdIn = (request: RawRequest, { staged }: Place): string => {
  const id = parameter(request, "blockid") ?? ""
  const bytes = Buffer.from(id, "base64")
  if (bytes.toString("base64") !== id || bytes.byteLength < 1 || bytes.byteLength > 64) throw badQuery("blockid", id)
  const [first] = staged.keys()
  if (first !== undefined && first.length !== id.length)
    throw new AzureFailure(400, "InvalidBlobOrBlock", "The specified blob or block content is invalid.")
  return id
}

const putBlock: Operation = {
  name: "PutBlock",
  method: "PUT",
  level: "blob",
  query: { comp: "block" },
  permits: ["blockid"],
  headers: ["x-ms-lease-id"],
  needs: ["w", "c"],
  run: ({ request, target, container }) => {
    const into = container()
    requireLength(request)
    if (request.body.byteLength === 0)
      throw new AzureFailure(400, "InvalidHeaderValue", "A block has at least one byte.", {
        HeaderName: "Content-Length",
        HeaderValue: "0"
      })
    const place = placeOf(into, target.blob)
    checkLease(request, place)
    const id = blockIdIn(request, place)
    const digest = verifyMd5(request)
    place.staged.delete(id)
    place.staged.set(id, request.body)
    return empty(201, { "content-md5": digest })
  }
}

const badXml = () => new AzureFailure(400, "InvalidXmlDocument", "The specified XML is not syntactically valid.")

/** Kind and id of each block of a list. */
const entriesIn = (body: Buffer): ReadonlyArray<readonly [kind: string, id: string]> => {
  const match = /^(?:\ufeff)?(?:<\?xml[^>]*\?>)?\s*<BlockList\s*(?:\/>|>([^]*)<\/BlockList>)\s*$/.exec(body.toString())
  if (match === null) throw badXml()
  const content = match[1] ?? ""
  const found = [...content.matchAll(/<(Latest|Committed|Uncommitted)>([^<]+)<\/\1>/g)]
  if (content.replaceAll(/<(Latest|Committed|Uncommitted)>[^<]+<\/\1>/g, "").trim() !== "") throw badXml()
  return found.map(([, kind = "", id = ""]) => [kind, id])
}

const blockFor = ({ staged, current }: Place, kind: string, id: string): Block => {
  const fresh = kind === "Committed" ? undefined : staged.get(id)
  const kept = kind === "Uncommitted" ? undefined : current?.blocks.find((block) => block.id === id)
  const found = fresh === undefined ? kept : { id, body: fresh }
  if (found === undefined) throw new AzureFailure(400, "InvalidBlockList", "The specified block list is invalid.")
  return found
}

const putBlockList: Operation = {
  name: "PutBlockList",
  method: "PUT",
  level: "blob",
  query: { comp: "blocklist" },
  headers: ["x-ms-lease-id", ...attributeHeaders],
  needs: ["w", "c"],
  run: ({ request, target, container, setup, now }) => {
    const into = container()
    requireLength(request)
    verifyMd5(request)
    const place = placeOf(into, target.blob)
    checkLease(request, place)
    checkPending(place)
    checkWriting(request, place.current)
    if (place.current !== undefined) requireOnline(place.current)
    const entries = entriesIn(request.body)
    if (entries.length > mostBlocks)
      throw new AzureFailure(400, "BlockListTooLong", "The block list may not contain more than 50,000 blocks.")
    const blocks = entries.map(([kind, id]) => blockFor(place, kind, id))
    // The type of the request is that of the list.
    const { contentType: _, ...attributes } = attributesIn(request)
    const told = request.headers.find(([name]) => name === "x-ms-blob-content-type")?.[1]
    place.staged = new Map()
    const blob = putState(place, now, setup.versioning, {
      ...attributes,
      contentType: told ?? "application/octet-stream",
      blocks,
      body: Buffer.concat(blocks.map(({ body }) => body))
    })
    return empty(201, writtenHeaders(blob))
  }
}

const blockElements = (blocks: ReadonlyArray<Block>): ReadonlyArray<string> =>
  blocks.map(({ id, body }) => parent("Block", [element("Name", id), elements({ Size: String(body.byteLength) })]))

const getBlockList: Operation = {
  name: "GetBlockList",
  method: "GET",
  level: "blob",
  query: { comp: "blocklist" },
  permits: ["blocklisttype"],
  headers: ["x-ms-lease-id"],
  needs: ["r"],
  run: ({ request, target, container }) => {
    const type = parameter(request, "blocklisttype") ?? "committed"
    if (!["committed", "uncommitted", "all"].includes(type)) throw badQuery("blocklisttype", type)
    const place = container().places.get(target.blob)
    if (place === undefined || (place.current === undefined && place.staged.size === 0)) throw blobNotFound()
    const staged = [...place.staged].map(([id, body]) => ({ id, body }))
    const answer = xmlAnswer(
      parent("BlockList", [
        ...(type === "uncommitted" ? [] : [parent("CommittedBlocks", blockElements(place.current?.blocks ?? []))]),
        ...(type === "committed" ? [] : [parent("UncommittedBlocks", blockElements(staged))])
      ])
    )
    return { ...answer, headers: { ...answer.headers, ...(place.current && writtenHeaders(place.current)) } }
  }
}

export const blockOperations = [putBlock, putBlockList, getBlockList]
