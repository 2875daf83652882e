/**
 * The header `authorization` as the vendor's client makes it.
 */
import { StorageSharedKeyCredential } from "@azure/storage-blob"

interface Signed {
  readonly value: string
  /** The time that the vendor's client signed at. */
  readonly date: string
}

/** Headers as the policies of the vendor's client want them. */
const headersOf = (given: Readonly<Record<string, string>>) => {
  const held = new Map(Object.entries(given))
  return {
    get: (name: string) => held.get(name.toLowerCase()),
    set: (name: string, value: unknown) => void held.set(name.toLowerCase(), String(value)),
    contains: (name: string) => held.has(name.toLowerCase()),
    headersArray: () => [...held].map(([name, value]) => ({ name, value }))
  }
}

/** What `@azure/storage-blob` answers for a request, which is not sent. */
export const vendorAuthorization = async (
  account: string,
  key: string,
  request: { readonly method: string; readonly path: string; readonly headers: Readonly<Record<string, string>> }
): Promise<Signed> => {
  const headers = headersOf(request.headers)
  const policy = new StorageSharedKeyCredential(account, key).create(
    { sendRequest: (sent: unknown) => Promise.resolve(sent as never) },
    { log: () => undefined, shouldLog: () => false } as never
  )
  const sent = { method: request.method, url: `https://${account}.blob.core.windows.net${request.path}`, headers }
  await policy.sendRequest(sent as never)
  return { value: headers.get("authorization") ?? "", date: headers.get("x-ms-date") ?? "" }
}
