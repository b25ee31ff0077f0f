import { type Options, optionText } from "./command.ts";

/** The environment that a host is configured by, with the options of its commands put over it. */
export function hostEnvironment(options: Options): Record<string, string | undefined> {
  const env: Record<string, string | undefined> = { ...process.env };
  const put = (name: string, value: string | undefined) => {
    if (value !== undefined) env[name] = value;
  };
  put("SYMBOLON_DATA", optionText(options.data));
  put("SYMBOLON_ADDRESS", optionText(options.address));
  put("SYMBOLON_PORT", optionText(options.port));
  put("SYMBOLON_METRICS_PORT", optionText(options.metricsPort));
  return env;
}
