import { mediaType, problemMediaType, problems, problemType } from "../core/log/index.ts";
import { type Operation, operations } from "./interface.ts";

type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json };

const hex = { type: "string", pattern: "^[0-9a-f]{64}$" };

const parameterText: Readonly<Record<string, string>> = {
  circle: "Id of the circle: 32 bytes in lower-case hexadecimal.",
  hash: "SHA-256 of the blob: 32 bytes in lower-case hexadecimal.",
  key: "The key that the mailbox is for: 32 bytes in lower-case hexadecimal.",
};

const signing =
  "RFC 9421, Ed25519, one spelling: Signature-Input: " +
  'sig1=("@method" "@path" "@query" "content-digest" "symbolon-host");created=…;keyid="<public key in hexadecimal>";alg="ed25519". ' +
  "content-digest (RFC 9530, sha-256) is there exactly when there is a body; symbolon-host is the host's checkpoint key in " +
  "hexadecimal; created is a whole minute, within five minutes of the host's clock.";

function contentOf(body: string): Json {
  if (body.includes("/") && !body.includes(" ")) {
    return { [body]: { schema: { type: "string", ...(body.startsWith("text/") ? {} : { format: "binary" }) } } };
  }
  return { [mediaType]: { schema: { type: "string", format: "binary", description: `CDDL: ${body}` } } };
}

function parametersOf({ path, query = [] }: Operation): Json {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    description: parameterText[name] ?? "",
    schema: hex,
  }));
  const inQuery = query.map(({ name, text, required = false }) => ({
    name,
    in: "query",
    required,
    description: text,
    schema: name === "slot" ? { type: "string" } : { type: "integer", minimum: 0 },
  }));
  return [...inPath, ...inQuery] as Json;
}

function responsesOf({ answer, problems: codes }: Operation): Json {
  const byStatus = Map.groupBy([...codes, "too-many", "internal"] as const, (code) => problems[code][0]);
  const failures = [...byStatus].map(([status, same]) => [
    String(status),
    {
      description: same.map((code) => `${code}: ${problems[code][1]}`).join(" "),
      content: {
        [problemMediaType]: {
          schema: { $ref: "#/components/schemas/Problem" },
          examples: Object.fromEntries(
            same.map((code) => [code, { value: { type: problemType(code), title: problems[code][1], status } }]),
          ),
        },
      },
    },
  ]);
  const content = answer.body === undefined ? {} : { content: contentOf(answer.body) };
  return { [String(answer.status)]: { description: "Done.", ...content }, ...Object.fromEntries(failures) };
}

function operationOf(operation: Operation): Json {
  const { id, summary, signedWith, body } = operation;
  return {
    operationId: id,
    summary,
    ...(signedWith === "" ? {} : { description: `Signed with: ${signedWith}.`, security: [{ signature: [] }] }),
    parameters: parametersOf(operation),
    ...(body === undefined ? {} : { requestBody: { required: true, content: contentOf(body) } }),
    responses: responsesOf(operation),
  };
}

/** The OpenAPI 3.1 document of every route. */
export function openapiDocument(version: string): Json {
  const byPath = Map.groupBy(operations, ({ path }) => path);
  return {
    openapi: "3.1.0",
    info: {
      title: "Symbolon host",
      version,
      description:
        "A blind, append-only log. Bodies are deterministic CBOR; their rules are in schema/symbolon.cddl. Problems are RFC 9457.",
      license: { name: "AGPL-3.0-or-later", identifier: "AGPL-3.0-or-later" },
    },
    paths: Object.fromEntries(
      [...byPath].map(([path, same]) => [path, Object.fromEntries(same.map((one) => [one.method, operationOf(one)]))]),
    ),
    components: {
      securitySchemes: {
        signature: { type: "apiKey", in: "header", name: "Signature", description: signing },
      },
      schemas: {
        Problem: {
          type: "object",
          required: ["type", "title", "status"],
          properties: {
            type: {
              type: "string",
              enum: Object.keys(problems).map((code) => problemType(code as keyof typeof problems)),
            },
            title: { type: "string" },
            status: { type: "integer" },
          },
        },
      },
    },
  };
}
