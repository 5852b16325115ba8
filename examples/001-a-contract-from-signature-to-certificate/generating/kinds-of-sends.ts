import * as story from './story';

/** A stretch of time, half-open. */
export type Window = readonly [from: string, until: string];

/** What the rest of a log line says, beside its id, time, address and result. */
export interface AskedOperation {
  readonly contractId?: string;
  readonly dataSetId?: string;
  readonly purpose: string;
  readonly categories: readonly string[];
  readonly channel: string;
  readonly country: string;
  readonly special?: { readonly categories: readonly string[]; readonly foundIn: string };
}

/** One kind of send, when it occurs, and what has to come of it: written down here by hand, not computed. */
export interface SendKind {
  readonly name: string;
  /** How many of 100,000 lines; absent: all that are left. */
  readonly of100k?: number;
  readonly windows: readonly Window[];
  readonly asks: AskedOperation;
  /** `allowed`, or the codes of every reason against it. */
  readonly expected: 'allowed' | readonly string[];
}

/** A stretch of the month without the days of the suspension. */
const inForce = (from: string, until: string): readonly Window[] => {
  const { suspensionBegins, suspensionEnds } = story;
  const parts: readonly Window[] = [
    [from, until < suspensionBegins ? until : suspensionBegins],
    [from > suspensionEnds ? from : suspensionEnds, until],
  ];
  return parts.filter(([begins, ends]) => begins < ends);
};

const month = inForce(story.monthBegins, story.contractEnds);
const contactAndContent = ['recipient-contact', 'message-content'];
const metadata = ['technical-metadata'];
const health = { categories: ['health'], foundIn: 'message-content' };

const newsletter: AskedOperation = {
  purpose: 'delivery',
  categories: contactAndContent,
  channel: 'e-mail',
  country: 'PL',
};
const sms: AskedOperation = { ...newsletter, channel: 'sms' };
const push: AskedOperation = { ...newsletter, channel: 'push' };
const reminder: AskedOperation = { ...sms, special: health };
const statistics: AskedOperation = { ...newsletter, purpose: 'analytics', categories: metadata };
const change: AskedOperation = { ...sms, purpose: 'management', categories: ['recipient-contact'] };

const allowed = (
  name: string,
  asks: AskedOperation,
  windows: readonly Window[],
  of100k?: number,
): SendKind => ({ name, windows, asks, expected: 'allowed', ...(of100k === undefined ? {} : { of100k }) });

const instructed: readonly [SendKind, ...SendKind[]] = [
  allowed('newsletter by e-mail', newsletter, month),
  allowed('newsletter by e-mail to Germany', { ...newsletter, country: 'DE' }, month, 9_000),
  allowed('confirmations by e-mail', { ...newsletter, purpose: 'management' }, month, 4_000),
  allowed('newsletter by SMS', sms, month, 14_000),
  allowed(
    'newsletter by SMS to Germany',
    { ...sms, country: 'DE' },
    inForce(story.germanyBegins, story.contractEnds),
    3_000,
  ),
  allowed('statistics for the chain', statistics, month, 3_000),
  allowed('reminders', reminder, inForce(story.monthBegins, story.withdrawalTakesEffect), 4_000),
  allowed(
    'reminders, withdrawn but not known to be',
    reminder,
    [[story.withdrawalTakesEffect, story.withdrawalIsKnown]],
    60,
  ),
  allowed('messages in the app', push, month, 5_000),
  allowed(
    'statistics from the app',
    { ...statistics, channel: 'push' },
    [
      [story.monthBegins, story.contestBegins],
      [story.contestEnds, story.contractEnds],
    ],
    700,
  ),
  allowed('changes of details', change, [[story.monthBegins, story.campaignEnds]], 600),
];

const denied = (
  name: string,
  asks: AskedOperation,
  of100k: number,
  { codes, windows = month }: { readonly codes: readonly string[]; readonly windows?: readonly Window[] },
): SendKind => ({ name, of100k, windows, asks, expected: codes });

const outsideTheContract: readonly SendKind[] = [
  denied('by a channel outside the contract', { ...newsletter, channel: 'chat' }, 220, {
    codes: ['channel-outside-the-contract', 'not-instructed'],
  }),
  denied('from a country outside the contract', { ...newsletter, country: 'US' }, 180, {
    codes: ['country-outside-the-contract', 'not-instructed'],
  }),
  denied('to improve the own product', { ...statistics, purpose: 'own-product-improvement' }, 150, {
    codes: ['purpose-of-the-processor'],
  }),
  denied('to train a model', { ...newsletter, purpose: 'model-training' }, 130, {
    codes: ['purpose-of-the-processor'],
  }),
  denied('of a data set nobody entrusted', { ...newsletter, dataSetId: story.appointmentsId }, 60, {
    codes: ['data-set-unknown'],
  }),
  denied("of another customer's data set", { ...newsletter, dataSetId: story.otherDataSetId }, 50, {
    codes: ['data-set-unknown'],
  }),
  denied('under a contract nobody concluded', { ...newsletter, contractId: story.appointmentsId }, 20, {
    codes: ['contract-unknown'],
  }),
  denied('during the suspension', newsletter, 900, {
    codes: ['contract-suspended'],
    windows: [[story.suspensionBegins, story.suspensionEnds]],
  }),
  denied('after the end', newsletter, 420, {
    codes: ['contract-ended'],
    windows: [[story.contractEnds, story.logEnds]],
  }),
];

const notInstructed = ['not-instructed'];

const outsideEveryInstruction: readonly SendKind[] = [
  denied('by a channel not instructed', { ...push, purpose: 'management' }, 310, { codes: notInstructed }),
  denied('for a purpose not instructed', { ...newsletter, purpose: 'security' }, 90, {
    codes: notInstructed,
  }),
  denied('of a category not instructed', { ...statistics, categories: ['message-content'] }, 260, {
    codes: notInstructed,
  }),
  denied('to Germany by SMS, too early', { ...sms, country: 'DE' }, 170, {
    codes: notInstructed,
    windows: [[story.monthBegins, story.germanyBegins]],
  }),
  denied('as an unknown person asked', { ...push, country: 'DE' }, 240, { codes: ['issuer-not-authorised'] }),
  denied('under the contested clause', { ...statistics, channel: 'push' }, 260, {
    codes: ['instruction-contested'],
    windows: inForce(story.contestBegins, story.contestEnds),
  }),
  denied('reminders after the withdrawal', reminder, 330, {
    codes: ['instruction-withdrawn'],
    windows: [[story.withdrawalIsKnown, story.contractEnds]],
  }),
  denied('changes of details, too late', change, 210, {
    codes: ['instruction-expired'],
    windows: inForce(story.campaignEnds, story.contractEnds),
  }),
  denied('with health data nobody declared', { ...newsletter, special: health }, 140, {
    codes: notInstructed,
  }),
  denied(
    'with health data among the addresses',
    { ...newsletter, special: { ...health, foundIn: 'recipient-contact' } },
    35,
    { codes: ['special-category-outside-content', 'not-instructed'] },
  ),
  denied(
    'statistics on health data',
    { ...statistics, categories: ['message-content'], special: health },
    25,
    { codes: ['special-category-for-analytics', 'not-instructed'] },
  ),
];

/** Everything that happens in March, beside lines that say nothing. The first kind fills what is left. */
export const sendKinds: readonly [SendKind, ...SendKind[]] = [
  ...instructed,
  ...outsideTheContract,
  ...outsideEveryInstruction,
];
