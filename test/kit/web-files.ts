import { fileURLToPath } from "node:url";

/** The built web application. */
export const webFiles = fileURLToPath(new URL("../../dist/web", import.meta.url));
