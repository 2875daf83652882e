import { configSuite } from "@mooring/testkit/config"
import { S3 } from "../src/S3.ts"

configSuite(S3, {
  valid: {
    // Any other provider refuses some of the values that the specification lists, as they are of vendors apart.
    provider: "Other",
    endpoint: "http://localhost:9000",
    access_key_id: "AKIAIOSFODNN7EXAMPLE",
    secret_access_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
  },
  harmless: {
    force_path_style: "where a bucket is named at the same service",
    list_url_encode: "an encoding of names",
    use_accelerate_endpoint: "an address of AWS alone, and refused"
  }
})
