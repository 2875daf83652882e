/** The vendor's client for identities of AWS. */
import { AwsClient } from "google-auth-library"
import { awsKey, awsPool, platform, type Fixture } from "./fixture.ts"

/** Signs with the key of the fixture. */
export const awsClient = ({ double }: Pick<Fixture, "double">): AwsClient =>
  new AwsClient({
    audience: awsPool.audience,
    subject_token_type: awsPool.tokenType,
    token_url: double.exchangeUrl,
    scopes: [platform],
    aws_security_credentials_supplier: {
      getAwsRegion: () => Promise.resolve("eu-west-1"),
      getAwsSecurityCredentials: () => Promise.resolve(awsKey)
    }
  })
