/**
 * The doctor over misconfigurations of a real server: `MOORING_SETUP` is the line of JSON that its setup's `up` printed.
 */
import { doctorSuite } from "@mooring/testkit/doctor"
import { ofKeystone } from "./doctor/keystoneCases.ts"
import { everywhere, ofVersion1, permissions } from "./doctor/realCases.ts"
import { subject } from "./doctor/worlds.ts"

const printed = JSON.parse(process.env["MOORING_SETUP"] ?? "")
const own = printed.setup === "keystone" ? ofKeystone(printed) : ofVersion1(printed)

doctorSuite(subject, [...everywhere(printed), ...permissions(printed), ...own], {
  name: `the doctor before ${printed.setup}`,
  score: new URL(`doctor/score.${printed.setup}.txt`, import.meta.url)
})
