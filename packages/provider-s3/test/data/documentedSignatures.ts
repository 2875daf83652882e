/**
 * The worked examples of Amazon's documentation, for `AKIAIOSFODNN7EXAMPLE` on 2013-05-24 in us-east-1:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 *
 * Each is as the page has it, and the tests of several other clients hold the same signatures.
 */
const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

export const documentedSignatures = [
  {
    title: "GET of an object with a range",
    method: "GET",
    path: "/test.txt",
    headers: { host: "examplebucket.s3.amazonaws.com", range: "bytes=0-9" },
    payloadHash: empty,
    signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
  },
  {
    title: "PUT of an object whose key has a dollar sign",
    method: "PUT",
    path: "/test%24file.text",
    headers: {
      host: "examplebucket.s3.amazonaws.com",
      date: "Fri, 24 May 2013 00:00:00 GMT",
      "x-amz-storage-class": "REDUCED_REDUNDANCY"
    },
    payloadHash: "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
    signature: "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
  },
  {
    title: "GET of a configuration, a query without a value",
    method: "GET",
    path: "/?lifecycle",
    headers: { host: "examplebucket.s3.amazonaws.com" },
    payloadHash: empty,
    signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"
  },
  {
    title: "GET of a listing",
    method: "GET",
    path: "/?max-keys=2&prefix=J",
    headers: { host: "examplebucket.s3.amazonaws.com" },
    payloadHash: empty,
    signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
  }
] as const

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
export const documentedLink = {
  path: "/test.txt",
  expiresIn: 86_400,
  signature: "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
} as const
