import served from "../engine/worker.ts?worker&url";

/** Where the worker's script is. The single file puts its own in the place of this module. */
export const workerUrl: string = served;
export const workerType: WorkerType = "module";
