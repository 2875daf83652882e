/** https://cloud.google.com/storage/docs/json_api/v1/objects/get, the bytes. */
import { empty } from "../Answer.ts"
import type { Call, Operation } from "../Operation.ts"
import { notModified, preconditionNames, readPreconditions } from "../preconditions.ts"
import { addressed } from "./addressed.ts"
import { mediaAnswer } from "./media.ts"

const shared = {
  name: "objects.download",
  method: "GET",
  requires: ["alt=media"],
  permits: [...preconditionNames, "generation", "projection"],
  run: (call: Call) => {
    const { stored } = addressed(call, "storage.objects.get")
    if (notModified(readPreconditions(call.request), stored)) return empty(304)
    return mediaAnswer(call.request, stored)
  }
} as const

export const downloadObject: Operation = { ...shared, route: "/storage/v1/b/{bucket}/o/{object}" }

/** The address in `mediaLink`. */
export const downloadLinked: Operation = { ...shared, route: "/download/storage/v1/b/{bucket}/o/{object}" }
