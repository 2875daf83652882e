/** A valid request, changed in one thing, is refused: uploads in chunks, and signed URLs. */
import { assumed, documented, recorded, type Behaviour } from "./Behaviour.ts"

const chunks = "performing-resumable-uploads"

export const uploadRefusals = {
  chunkSmall: recorded("fsouza/fake-gcs-server/issues/1080", "A chunk of 500 bytes that is not the last is 400"),
  chunkOdd: documented(
    chunks,
    "A chunk of no whole 256 KiB that is not the last is 400, where Google may take the whole part of it"
  ),
  chunkGap: recorded(
    "RobinBobin/react-native-google-drive-api-wrapper/issues/102",
    "A chunk behind the end of what has come is 400"
  ),
  rangeMalformed: recorded("talkiq/gcloud-aio/issues/860", "A Content-Range that cannot be read is 400"),
  rangeOther: assumed("A Content-Range of another length than the body's is 400"),
  sizeChanged: assumed("Another size than was said before is 400"),
  sizeTold: documented(chunks, "Another size than X-Upload-Content-Length is 400"),
  uploadUnknown: documented(chunks, "An unknown upload is 404"),
  uploadExpired: documented(chunks, "An upload of more than a week ago is 410"),
  uploadCancelled: documented(chunks, "A cancelled upload takes nothing more: 499"),
  uploadWrong: documented("hashes-etags", "An upload in chunks with a wrong crc32c is 400 at its end"),
  uploadHashHeader: documented("hashes-etags", "A wrong x-goog-hash with the last chunk is 400"),
  uploadOvertaken: documented(
    "request-preconditions",
    "An upload in chunks whose name is taken meanwhile is 412 at its end, with ifGenerationMatch: 0"
  )
} satisfies Record<string, Behaviour>

const urls = "authentication/signatures"
const errors = "xml-api/reference-status"

export const linkRefusals = {
  signatureFlipped: documented(errors, "A changed signature is SignatureDoesNotMatch"),
  signedPath: documented(errors, "A changed path is SignatureDoesNotMatch"),
  signedMethod: documented(errors, "A changed method is SignatureDoesNotMatch"),
  signedQuery: documented(errors, "A changed parameter is SignatureDoesNotMatch"),
  signedExtended: documented(errors, "A changed X-Goog-Expires is SignatureDoesNotMatch"),
  signedHostOther: documented(errors, "A changed host is SignatureDoesNotMatch"),
  signedHeader: documented(errors, "A changed header that is signed is SignatureDoesNotMatch"),
  signedHeaderDropped: documented(errors, "A dropped header that is signed is MalformedSecurityHeader"),
  headerUnsigned: documented(urls, "An x-goog-* header that is not signed is AccessDenied"),
  signerOther: documented(errors, "A URL signed with another's key is SignatureDoesNotMatch"),
  signerUnknown: assumed("A URL of an unknown account is SignatureDoesNotMatch"),
  signerDenied: documented("access-control/signed-urls", "A URL can no more than its account: AccessDenied"),
  signedExpired: documented("access-control/signed-urls", "An expired URL is ExpiredToken"),
  signedEarly: assumed("A URL of more than 15 minutes ahead is AccessDenied"),
  signedLong: documented("access-control/signed-urls", "A URL for more than seven days is refused"),
  signedIncomplete: assumed("A URL without its date is InvalidQueryParameterValue"),
  signedAlgorithm: assumed("Another algorithm than GOOG4-RSA-SHA256 is InvalidQueryParameterValue"),
  signedScope: documented(urls, "A credential of another day is InvalidQueryParameterValue"),
  signedTwice: assumed("A token beside a signature is InvalidArgument"),
  signedMissing: documented(errors, "A URL of what is not there is NoSuchKey"),
  signedSum: documented("xml-api/reference-headers#xgooghash", "A wrong Content-MD5 at a signed URL is refused")
} satisfies Record<string, Behaviour>
