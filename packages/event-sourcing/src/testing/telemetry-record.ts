import { codeOf } from '../telemetry/code-of';
import type { SpanName, Telemetry, TelemetryAttributes } from '../telemetry/telemetry';

/** A span as it was when it ended. */
export interface RecordedSpan {
  readonly name: SpanName;
  readonly attributes: TelemetryAttributes;
  /** Why it failed, if it did. */
  readonly failure?: string;
}

/** Keeps the spans in the order in which they ended. */
export const recordingTelemetry = (): Telemetry & { readonly spans: readonly RecordedSpan[] } => {
  const spans: RecordedSpan[] = [];
  return {
    spans,
    inSpan: async (name, attributes, work) => {
      let [told, failure]: [TelemetryAttributes, string | undefined] = [attributes, undefined];
      const span = {
        set: (more: TelemetryAttributes) => void (told = { ...told, ...more }),
        fail: (code: string) => void (failure = code),
      };
      try {
        return await work(span);
      } catch (error) {
        failure = codeOf(error);
        throw error;
      } finally {
        spans.push({ name, attributes: told, ...(failure === undefined ? {} : { failure }) });
      }
    },
    count: () => undefined,
    traceparent: () => undefined,
  };
};
