import { serve } from "./rpc.ts";
import { createService } from "./service.ts";

serve(globalThis, createService);
