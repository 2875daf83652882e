/**
 * The HTTP API as data; no handlers, safe for browsers.
 */
export { Api } from "./Api.ts"
export * as Answers from "./Answers.ts"
export { endpoints, open, type EndpointName } from "./endpoints.ts"
export { ErrorBody, errorBody, type ErrorFacts } from "./ErrorBody.ts"
export { openApi, type DocumentedProvider } from "./openApi.ts"
export { stageJson, StageJson, TestAnswer } from "./Stages.ts"
