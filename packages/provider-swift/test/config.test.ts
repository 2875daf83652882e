import { configSuite } from "@mooring/testkit/config"
import { Swift } from "../src/Swift.ts"

configSuite(Swift, {
  valid: { auth: "http://localhost:5000/v3", user: "demo", key: "secret", tenant: "demo" },
  harmless: {
    endpoint_type: "a choice between the addresses of the catalog",
    partial_page_fetch_threshold: "a number of percent"
  }
})
