/** What makes an identity that is not here yet: its list of words alone is as large as all that opens one. */
export { generatePhrase, takeOver } from "../../client/index.ts";
