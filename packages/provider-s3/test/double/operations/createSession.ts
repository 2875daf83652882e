/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateSession.html */
import { xmlAnswer } from "../Answer.ts"
import type { Operation } from "../Operation.ts"
import { document, element } from "../xml.ts"

export const createSession: Operation = {
  name: "CreateSession",
  method: "GET",
  level: "bucket",
  requires: ["session"],
  permits: [],
  headers: ["x-amz-create-session-mode", "x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id"],
  access: "read",
  run: ({ bucket, newSession }) => {
    const { accessKeyId, secretAccessKey, sessionToken = "", expires = 0 } = newSession(bucket().name)
    return xmlAnswer(
      document("CreateSessionResult", [
        element("Credentials", [
          element("SessionToken", sessionToken),
          element("SecretAccessKey", secretAccessKey),
          element("AccessKeyId", accessKeyId),
          element("Expiration", new Date(expires).toISOString())
        ])
      ])
    )
  }
}
