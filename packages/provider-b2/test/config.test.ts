import { configSuite } from "@mooring/testkit/config"
import { B2 } from "../src/B2.ts"

configSuite(B2, {
  valid: { account: "005a0b6c0b0a1b20000000001", key: "K005aAbCdEfGhIjKlMnOpQrStUvWxYz" }
})
