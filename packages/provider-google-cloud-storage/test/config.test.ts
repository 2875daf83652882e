import { configSuite } from "@mooring/testkit/config"
import { GoogleCloudStorage } from "../src/GoogleCloudStorage.ts"

configSuite(GoogleCloudStorage, {
  valid: { anonymous: true, project_number: "123456789012" },
  harmless: { auth_url: "nothing is sent there: no browser is opened" }
})
