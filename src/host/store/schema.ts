import type { Bytes } from "../../core/codec/index.ts";

/** The files of `schema/` that this version needs, where it cannot read the directory: a test holds them to it. */
export const migrations: readonly string[] = ["0001_init.sql", "0002_host.sql", "0003_standing.sql"];

/** The tables of `schema/*.sql`, column by column. */
export type Tables = {
  readonly circle: {
    readonly id: Bytes;
    readonly size: number;
    readonly access_version: number;
    readonly acl: Bytes;
    readonly erasures: number;
    readonly known: number;
    readonly bytes: number;
    readonly control_bytes: number;
    readonly hour: number;
    readonly standing: number;
    readonly standing_hour: number;
    readonly standing_keys: Bytes | null;
  };
  readonly entry: {
    readonly circle: Bytes;
    readonly position: number;
    readonly hash: Bytes;
    readonly header: Bytes;
    readonly sealed: Bytes | null;
    readonly sealed_hash: Bytes | null;
  };
  readonly known: { readonly circle: Bytes; readonly hash: Bytes; readonly position: number };
  readonly known_run: { readonly circle: Bytes; readonly first: number; readonly hashes: Bytes };
  readonly node: { readonly circle: Bytes; readonly level: number; readonly idx: number; readonly hash: Bytes };
  readonly access: {
    readonly circle: Bytes;
    readonly epoch: number;
    readonly key: Bytes;
    readonly began: number;
    readonly ended: number | null;
  };
  readonly blob: {
    readonly circle: Bytes;
    readonly hash: Bytes;
    readonly bytes: Bytes;
    readonly hour: number;
    readonly control: number;
  };
  readonly listing: { readonly circle: Bytes; readonly hash: Bytes; readonly position: number };
  readonly mailbox: {
    readonly circle: Bytes;
    readonly key: Bytes;
    readonly expires: number;
    readonly request: Bytes | null;
    readonly contested: number;
    readonly welcome: Bytes | null;
  };
  readonly erasure: {
    readonly circle: Bytes;
    readonly position: number;
    readonly target: number;
    readonly due: number;
  };
  readonly host: { readonly id: number; readonly key: Bytes };
  readonly migration: { readonly name: string; readonly hour: number };
};

/** Every table that the host works with, and one of its columns. */
export const touched = {
  circle: "size",
  entry: "sealed",
  known: "position",
  known_run: "first",
  node: "hash",
  access: "ended",
  blob: "hour",
  listing: "position",
  mailbox: "request",
  erasure: "due",
  host: "key",
} as const satisfies { readonly [Table in Exclude<keyof Tables, "migration">]: keyof Tables[Table] };
