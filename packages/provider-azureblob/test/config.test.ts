import { configSuite } from "@mooring/testkit/config"
import { AzureBlob } from "../src/AzureBlob.ts"

configSuite(AzureBlob, {
  valid: { account: "mooringtest", key: "bW9vcmluZw==" }
})
