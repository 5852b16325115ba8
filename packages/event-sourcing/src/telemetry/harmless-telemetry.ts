import { noTelemetry, unwatched, type Telemetry, type TelemetrySpan } from './telemetry';

// Whoever watches must not change what is watched.
const attempt = (tell: () => void): void => {
  try {
    tell();
  } catch {
    // Nobody who is to hear of it is here.
  }
};

const harmlessSpan = (span: TelemetrySpan): TelemetrySpan => ({
  set: (attributes) => {
    attempt(() => span.set(attributes));
  },
  fail: (code) => {
    attempt(() => span.fail(code));
  },
});

const harmless = (telemetry: Telemetry): Telemetry => ({
  inSpan: async <T>(
    name: Parameters<Telemetry['inSpan']>[0],
    attributes: Parameters<Telemetry['inSpan']>[1],
    work: (span: TelemetrySpan) => Promise<T>,
  ): Promise<T> => {
    let outcome: Promise<T> | undefined;
    const workOnce = (span: TelemetrySpan): Promise<T> => (outcome ??= work(harmlessSpan(span)));
    try {
      await telemetry.inSpan(name, attributes, workOnce);
    } catch {
      // Either the work failed, which its own outcome says, or watching it did, which nobody wants to know.
    }
    return outcome ?? workOnce(unwatched);
  },
  count: (name, attributes) => {
    attempt(() => telemetry.count(name, attributes));
  },
  traceparent: () => {
    try {
      return telemetry.traceparent();
    } catch {
      return undefined;
    }
  },
});

/** Telemetry that cannot do harm, whatever it throws: the work is done once, and its outcome is what it came to. */
export const harmlessTelemetry = (telemetry: Telemetry = noTelemetry): Telemetry =>
  telemetry === noTelemetry ? noTelemetry : harmless(telemetry);
