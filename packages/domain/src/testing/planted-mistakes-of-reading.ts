import type { MandateEvent } from '../event';
import type { InstructionContent } from '../processing-instruction';
import type { NonEmpty } from '../vocabulary';
import { decideFromHistory } from './decide-from-history';
import { edited, type History, type RecordedMandateEvent } from './history';
import type { Question } from './inquiries';
import { restrictingTypes } from './laws/restrictions';
import type { PlantedMistake } from './planted-mistake';

type Misreading = (history: History, question: Question) => History;

const misreading = (title: string, breaks: readonly number[], misread: Misreading): PlantedMistake => ({
  title,
  breaks,
  decide: (history, question) => decideFromHistory(misread(history, question), question),
});

const overlooking = (
  title: string,
  breaks: readonly number[],
  types: readonly MandateEvent['type'][],
): PlantedMistake =>
  misreading(title, breaks, (history) => history.filter(({ event }) => !types.includes(event.type)));

const withContent =
  (change: (content: InstructionContent, question: Question) => InstructionContent): Misreading =>
  (history, question) =>
    edited(history, (event) => {
      if (event.type === 'InstructionIssued') {
        return [{ ...event, data: { ...event.data, content: change(event.data.content, question) } }];
      }
      return event.type === 'InstructionAmended'
        ? [{ ...event, data: { ...event.data, content: change(event.data.content, question) } }]
        : [event];
    });

const withGrants = (
  change: (grant: InstructionContent['grants'][0], question: Question) => object,
): Misreading =>
  withContent((content, question) => ({
    ...content,
    grants: content.grants.map((grant) => ({
      ...grant,
      ...change(grant, question),
    })) as unknown as InstructionContent['grants'],
  }));

const including = <Item>(items: NonEmpty<Item>, item: Item): NonEmpty<Item> => [...items, item];

const latestInstructionOnly: Misreading = (history, { request }) => {
  const own = history.filter(({ event }) => event.data.contractId === request.contractId);
  const latest = own.findLast(({ event }) => event.type === 'InstructionIssued')?.event;
  if (latest?.type !== 'InstructionIssued') return history;
  const { instructionId } = latest.data;
  return own.filter(
    ({ event: { data } }) =>
      !('instructionId' in data) || 'dataSetId' in data || data.instructionId === instructionId,
  );
};

const lastRestrictionOnly: Misreading = (history, { request }) => {
  const restricts = ({ event }: RecordedMandateEvent): boolean =>
    event.data.contractId === request.contractId && restrictingTypes.some((type) => type === event.type);
  const last = history.findLast(restricts);
  return history.filter((recorded) => !restricts(recorded) || recorded === last);
};

const withoutWhatCameTwice: Misreading = (history) => {
  const texts = history.map(({ event }) => JSON.stringify(event));
  return history.filter(
    (_recorded, index) => texts.indexOf(String(texts[index])) === texts.lastIndexOf(String(texts[index])),
  );
};

const isPermission = (
  event: MandateEvent,
): event is Extract<MandateEvent, { type: 'SubProcessorAnnounced' | 'SubProcessorAuthorised' }> =>
  event.type === 'SubProcessorAnnounced' || event.type === 'SubProcessorAuthorised';

const lendingCountries: Misreading = (history) => {
  const latest = new Map(
    history.flatMap(({ event }) =>
      isPermission(event)
        ? [[`${event.data.contractId} ${event.data.subProcessorId}`, event.data.countries] as const]
        : [],
    ),
  );
  return edited(history, (event) => {
    if (!isPermission(event)) return [event];
    const countries =
      latest.get(`${event.data.contractId} ${event.data.subProcessorId}`) ?? event.data.countries;
    return [{ ...event, data: { ...event.data, countries } } as MandateEvent];
  });
};

/** Mistakes that can be told as a way of misreading the history. */
export const historyMistakes: readonly PlantedMistake[] = [
  overlooking('ignores that the contract is suspended', [2, 5, 9], ['ContractSuspended']),
  overlooking('ignores that an instruction is suspended', [2, 9], ['InstructionSuspended']),
  overlooking('ignores that a clause is contested', [2, 9], ['InstructionContested']),
  overlooking('ignores withdrawals', [2, 8, 9], ['InstructionWithdrawn']),
  overlooking(
    'ignores that the contract ends',
    [2, 5, 9, 11],
    ['ContractTerminated', 'TerminationNoticeGiven'],
  ),
  overlooking('ignores that a data set is restricted', [9], ['DataSetRestricted']),
  overlooking('ignores objections to a sub-processor', [9, 22], ['SubProcessorObjected']),
  misreading('uses a sub-processor as soon as it is announced', [9, 22], (history) =>
    history.map(({ recordedAt, event }) => ({
      recordedAt,
      event:
        event.type === 'SubProcessorAnnounced'
          ? {
              ...event,
              data: { ...event.data, objectionUntil: { ...event.data.objectionUntil, at: recordedAt } },
            }
          : event,
    })),
  ),
  misreading('lends the countries of a later permission to an earlier one', [22], lendingCountries),
  misreading('follows instructions of other contracts', [2, 9], (history, { request: { contractId } }) =>
    edited(history, (event) => [
      event.type === 'InstructionIssued' ? { ...event, data: { ...event.data, contractId } } : event,
    ]),
  ),
  misreading(
    'forgets the country that an instruction names',
    [2, 9],
    withGrants((grant, { request }) =>
      request.operation === 'process' ? { countries: including(grant.countries, request.country) } : {},
    ),
  ),
  misreading(
    'forgets the channel that an instruction names',
    [2, 9],
    withGrants((grant, { request }) =>
      request.operation === 'process' ? { channels: including(grant.channels, request.channel) } : {},
    ),
  ),
  misreading(
    'forgets which data sets an instruction names',
    [2, 9],
    withGrants(() => ({ dataSets: 'all' })),
  ),
  misreading(
    'takes special categories for declared',
    [2, 9],
    withContent((content, { request }) =>
      request.operation === 'process' && request.special !== undefined
        ? {
            ...content,
            specialCategories: {
              categories: request.special.categories,
              basis: 'art-9-2-a-explicit-consent',
            },
          }
        : content,
    ),
  ),
  misreading(
    'follows an instruction for ever',
    [2, 5, 9],
    withContent((content) => ({ ...content, interval: { from: content.interval.from } })),
  ),
  misreading('follows an instruction of anybody', [2, 9], (history) =>
    edited(history, (event) => [
      event.type === 'InstructionIssued'
        ? { ...event, data: { ...event.data, entitlement: 'authorised' } }
        : event,
      ...(event.type === 'InstructionIssued'
        ? [
            {
              type: 'IssuerAuthorised',
              data: {
                contractId: event.data.contractId,
                issuerId: event.data.content.issuerId,
                interval: { from: event.data.content.evidence.receivedAt },
                document: event.data.content.evidence,
              },
            } as const,
          ]
        : []),
    ]),
  ),
  misreading('lets a withdrawal count from when it is recorded', [8], (history) =>
    history.map(({ recordedAt, event }) => ({
      recordedAt,
      event:
        event.type === 'InstructionWithdrawn' && event.data.effectiveAt < recordedAt
          ? { ...event, data: { ...event.data, effectiveAt: recordedAt } }
          : event,
    })),
  ),
  misreading('follows only the latest instruction', [3, 9], latestInstructionOnly),
  misreading('heeds only the latest restriction', [2, 4, 9], lastRestrictionOnly),
  misreading('covers only data sets entrusted before the instruction', [6, 9], (history) => {
    const isInstructed = new Set<string>();
    return history.filter(({ event }) => {
      if (event.type === 'InstructionIssued') isInstructed.add(event.data.contractId);
      return event.type !== 'DataSetEntrusted' || !isInstructed.has(event.data.contractId);
    });
  }),
  misreading('takes what is delivered twice for a contradiction', [6], withoutWhatCameTwice),
];
