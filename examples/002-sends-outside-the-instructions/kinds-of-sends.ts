import type { LineProblem } from '@mandate/audit';
import * as story from './story';

/** A line of the log before it is text. */
export type LogRecord = Readonly<Record<string, unknown>>;

/** What has to come of a line: written down here by hand, not computed. */
export type Expected =
  | { readonly finding: 'permitted' }
  | { readonly finding: 'violation' | 'later-unlawful'; readonly codes: readonly string[] }
  | { readonly finding: 'broken'; readonly codes: readonly [LineProblem] };

/** What happened, how often and when, and what the check has to say about it. */
export interface SendKind {
  readonly name: string;
  readonly count: number;
  readonly from: string;
  readonly until: string;
  /** What the line says beside its time and whom it was sent to. */
  readonly says: LogRecord;
  /** How it is written, where it is not simply JSON. */
  readonly write?: (record: LogRecord) => string;
  readonly expected: Expected;
}

const { logBegins, contractEnds, everythingIsErased, logEnds } = story;

const newsletter = {
  contractId: story.contractId,
  dataSetId: story.dataSetId,
  purpose: 'delivery',
  categories: ['recipient-contact', 'message-content'],
  channel: 'e-mail',
};
const reminder = { ...newsletter, channel: 'sms' };
const statistics = { ...newsletter, purpose: 'analytics', categories: ['technical-metadata'] };
const storing = { operation: 'store', contractId: story.contractId, dataSetId: story.dataSetId };

const september = { from: logBegins, until: contractEnds };
const permitted = { finding: 'permitted' } as const;
const violation = (...codes: readonly string[]): Expected => ({ finding: 'violation', codes });

const instructed: readonly SendKind[] = [
  { name: 'newsletter', count: 1680, ...september, says: newsletter, expected: permitted },
  { name: 'statistics for the controller', count: 300, ...september, says: statistics, expected: permitted },
  { name: 'nightly storage', count: 30, ...september, says: storing, expected: permitted },
  {
    name: 'reminders',
    count: 100,
    from: logBegins,
    until: story.withdrawalTakesEffect,
    says: reminder,
    expected: permitted,
  },
];

const neverInstructed: readonly SendKind[] = [
  {
    name: 'to improve its own service',
    count: 110,
    ...september,
    says: { ...statistics, purpose: 'own-product-improvement' },
    expected: violation('purpose-of-the-processor'),
  },
  {
    name: 'to train a model',
    count: 20,
    ...september,
    says: { ...newsletter, purpose: 'model-training' },
    expected: violation('purpose-of-the-processor'),
  },
  {
    name: 'by a channel that nobody instructed',
    count: 40,
    ...september,
    says: { ...newsletter, channel: 'push' },
    expected: violation('not-instructed'),
  },
  {
    name: 'for a purpose that nobody instructed',
    count: 20,
    ...september,
    says: { ...newsletter, purpose: 'management' },
    expected: violation('not-instructed'),
  },
];

const withdrawn: readonly SendKind[] = [
  {
    name: 'reminders, withdrawn but not known to be',
    count: 30,
    from: story.withdrawalTakesEffect,
    until: story.withdrawalIsKnown,
    says: reminder,
    expected: { finding: 'later-unlawful', codes: ['instruction-withdrawn'] },
  },
  {
    name: 'reminders after the withdrawal was known',
    count: 45,
    from: story.withdrawalIsKnown,
    until: contractEnds,
    says: reminder,
    expected: violation('instruction-withdrawn'),
  },
];

const theCopy: readonly SendKind[] = [
  {
    name: 'a copy into another environment',
    count: 3,
    from: story.copyIsMade,
    until: contractEnds,
    says: { ...storing, dataSetId: story.copyId },
    expected: violation('data-set-unknown'),
  },
  {
    name: 'to improve its own service, with the copy, after the end',
    count: 25,
    from: everythingIsErased,
    until: logEnds,
    says: { ...statistics, dataSetId: story.copyId, purpose: 'own-product-improvement' },
    expected: violation('contract-closed', 'contract-ended', 'purpose-of-the-processor', 'data-set-unknown'),
  },
];

const afterTheEnd: readonly SendKind[] = [
  {
    name: 'in the night in which the contract ended',
    count: 25,
    from: contractEnds,
    until: everythingIsErased,
    says: newsletter,
    expected: violation('contract-ended'),
  },
  {
    name: 'after everything was certified as erased',
    count: 50,
    from: everythingIsErased,
    until: logEnds,
    says: newsletter,
    expected: violation('contract-closed', 'contract-ended', 'data-set-deleted', 'data-set-being-deleted'),
  },
  {
    name: 'kept after the end',
    count: 14,
    from: everythingIsErased,
    until: logEnds,
    says: storing,
    expected: violation('contract-closed', 'contract-ended', 'data-set-deleted'),
  },
];

const broken = (
  name: string,
  problem: LineProblem,
  rest: Pick<SendKind, 'write'> & { readonly says?: LogRecord; readonly count?: number },
): SendKind => ({
  ...{ name, count: 1, ...september, expected: { finding: 'broken', codes: [problem] } },
  ...rest,
  says: { ...newsletter, ...rest.says },
});

const unreadable: readonly SendKind[] = [
  broken('a line that was cut', 'not-json', { write: (record) => JSON.stringify(record).slice(0, 150) }),
  broken('a line that is a list', 'not-json', { write: (record) => JSON.stringify([record]) }),
  broken('a time without its offset', 'time-unreadable', { says: { sent_at: '2025-09-09T10:00:00' } }),
  broken('a day that no month has', 'time-unreadable', { says: { sent_at: '2025-09-31T10:00:00Z' } }),
  broken('an address where the channel should be', 'request-unreadable', {
    write: (record) => JSON.stringify({ ...record, channel: record['recipient'] }),
  }),
  // Not even a purpose of the processor that the library knows: it cannot be expressed, and so is never fine.
  broken('a purpose that cannot be expressed', 'request-unreadable', {
    says: { purpose: 'audience-scoring' },
    count: 3,
  }),
];

/** Everything that is in the log. */
export const kindsOfSends: readonly SendKind[] = [
  ...instructed,
  ...neverInstructed,
  ...withdrawn,
  ...theCopy,
  ...afterTheEnd,
  ...unreadable,
];
