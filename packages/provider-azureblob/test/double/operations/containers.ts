/** Operations on the account and on containers, but for their listings of blobs. */
import { AzureFailure, badHeader, badQuery } from "../AzureFailure.ts"
import { empty, xmlAnswer } from "../Answer.ts"
import { compareNames, newContainer } from "../blobs.ts"
import type { Operation } from "../Operation.ts"
import { header, parameter } from "../rawRequest.ts"
import { element, elements, parent } from "../xml.ts"

/** At most as many entries as a page holds. */
export const pageSizeIn = (text: string | undefined, most: number): number => {
  if (text !== undefined && !/^\d{1,9}$/.test(text)) throw badQuery("maxresults", text)
  const asked = Number(text ?? most)
  if (asked === 0)
    throw new AzureFailure(400, "OutOfRangeQueryParameterValue", "One of the query parameters is outside the range.")
  return Math.min(asked, most)
}

/** Source: https://learn.microsoft.com/rest/api/storageservices/list-containers2 */
const listContainers: Operation = {
  name: "ListContainers",
  method: "GET",
  level: "service",
  query: { comp: "list" },
  permits: ["prefix", "marker", "maxresults", "include"],
  needs: ["l"],
  run: ({ request, containers, setup }) => {
    const prefix = parameter(request, "prefix") ?? ""
    const marker = parameter(request, "marker") ?? ""
    const size = pageSizeIn(parameter(request, "maxresults"), setup.pageSize)
    const names = [...containers.keys()]
      .filter((name) => name.startsWith(prefix) && name >= marker)
      .toSorted(compareNames)
    const shown = names.slice(0, size).map((name) => {
      const modified = new Date(containers.get(name)!.created).toUTCString()
      return parent("Container", [
        element("Name", name),
        parent("Properties", [elements({ "Last-Modified": modified, Etag: '"0x8D0"' })])
      ])
    })
    return xmlAnswer(
      parent("EnumerationResults", [parent("Containers", shown), element("NextMarker", names[size] ?? "")])
    )
  }
}

/** Source: https://learn.microsoft.com/rest/api/storageservices/create-container */
const createContainer: Operation = {
  name: "CreateContainer",
  method: "PUT",
  level: "container",
  query: { restype: "container" },
  headers: ["x-ms-blob-public-access", "x-ms-meta-*"],
  needs: ["c", "w"],
  run: ({ request, target, containers, now }) => {
    const access = header(request, "x-ms-blob-public-access") ?? ""
    if (access !== "" && access !== "blob" && access !== "container") throw badHeader("x-ms-blob-public-access", access)
    if (containers.has(target.container))
      throw new AzureFailure(409, "ContainerAlreadyExists", "The specified container already exists.")
    containers.set(target.container, newContainer(target.container, now, access))
    return empty(201, { etag: '"0x8D0"', "last-modified": new Date(now).toUTCString() })
  }
}

/** Source: https://learn.microsoft.com/rest/api/storageservices/get-container-properties */
const getContainerProperties: Operation = {
  name: "GetContainerProperties",
  method: "HEAD",
  level: "container",
  query: { restype: "container" },
  needs: ["r"],
  run: ({ container }) => {
    const { created, publicAccess } = container()
    return empty(200, {
      etag: '"0x8D0"',
      "last-modified": new Date(created).toUTCString(),
      ...(publicAccess !== "" && { "x-ms-blob-public-access": publicAccess })
    })
  }
}

/** Source: https://learn.microsoft.com/rest/api/storageservices/delete-container */
const deleteContainer: Operation = {
  name: "DeleteContainer",
  method: "DELETE",
  level: "container",
  query: { restype: "container" },
  needs: ["d"],
  run: ({ container, containers }) => {
    containers.delete(container().name)
    return empty(202)
  }
}

/** The same by GET, as the vendor's client asks. */
const getContainer: Operation = { ...getContainerProperties, method: "GET" }

export const containerOperations = [
  listContainers,
  createContainer,
  getContainerProperties,
  getContainer,
  deleteContainer
]
