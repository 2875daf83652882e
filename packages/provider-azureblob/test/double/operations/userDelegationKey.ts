/**
 * Get User Delegation Key.
 *
 * Source: https://learn.microsoft.com/rest/api/storageservices/get-user-delegation-key
 */
import { AzureFailure, unauthenticated } from "../AzureFailure.ts"
import { xmlAnswer } from "../Answer.ts"
import type { Operation } from "../Operation.ts"
import { elements, parent } from "../xml.ts"

const badValue = (name: string) =>
  new AzureFailure(400, "InvalidXmlNodeValue", "The value for one of the XML nodes is not in the correct format.", {
    XmlNodeName: name
  })

const week = 7 * 24 * 3_600_000

const timeIn = (body: string, name: string): string => {
  const text = new RegExp(`<${name}>(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ)</${name}>`).exec(body)?.[1]
  if (text === undefined) throw badValue(name)
  return text
}

/** `issue` makes the key of these values. */
export const userDelegationKey = (issue: (values: ReadonlyArray<string>) => string): Operation => ({
  name: "GetUserDelegationKey",
  method: "POST",
  level: "service",
  query: { restype: "service", comp: "userdelegationkey" },
  needs: ["r"],
  run: ({ request, right, now }) => {
    if (right.kind !== "bearer") throw unauthenticated("Only authentication scheme Bearer is supported")
    const body = request.body.toString()
    const [starts, expires] = [timeIn(body, "Start"), timeIn(body, "Expiry")]
    if (Date.parse(expires) > now + week || Date.parse(expires) <= Date.parse(starts)) throw badValue("Expiry")
    const values = {
      SignedOid: "11111111-1111-1111-1111-111111111111",
      SignedTid: "22222222-2222-2222-2222-222222222222",
      SignedStart: starts,
      SignedExpiry: expires,
      SignedService: "b",
      SignedVersion: "2022-11-02"
    }
    return xmlAnswer(parent("UserDelegationKey", [elements({ ...values, Value: issue(Object.values(values)) })]))
  }
})
