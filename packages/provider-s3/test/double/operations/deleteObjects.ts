/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html: 1 to 1000 keys, a digest is mandatory. */
import { xmlAnswer } from "../Answer.ts"
import { checkIntegrity, integrityHeaders } from "../integrity.ts"
import type { Operation } from "../Operation.ts"
import { fields, malformedXml, parseXml, required } from "../parseXml.ts"
import { removeObject } from "../versions.ts"
import { document, element } from "../xml.ts"

export const deleteObjects: Operation = {
  name: "DeleteObjects",
  method: "POST",
  level: "bucket",
  requires: ["delete"],
  permits: [],
  headers: integrityHeaders,
  access: "write",
  run: ({ request, bucket, now }) => {
    checkIntegrity(request, true)
    const root = parseXml(request.body, "Delete")
    const listed = root.children.filter(({ name }) => name === "Object")
    const rest = root.children.filter(({ name }) => name !== "Object")
    const quiet = fields({ name: "", text: "", children: rest }, ["Quiet"]).get("Quiet") === "true"
    if (listed.length === 0 || listed.length > 1000) throw malformedXml()
    const keys = listed.map((one) => required(fields(one, ["Key"]), "Key"))
    for (const key of keys) removeObject(bucket(), key, now)
    return xmlAnswer(
      document("DeleteResult", quiet ? [] : keys.map((key) => element("Deleted", [element("Key", key)])))
    )
  }
}
