import { issuersFromTheStart, type ContractEvent } from '../contract';
import type { SubProcessorId } from '../vocabulary';
import { closed, cutAt, opened } from './intervals';
import type { ContractScope, SubProcessorScope } from './scope';

const unannounced: SubProcessorScope = { uses: [], isObjected: false };

const withSubProcessor = (
  scope: ContractScope,
  subProcessorId: SubProcessorId,
  change: (subProcessor: SubProcessorScope) => SubProcessorScope,
): ContractScope => {
  const subProcessor = scope.subProcessors.get(subProcessorId) ?? unannounced;
  return { ...scope, subProcessors: new Map(scope.subProcessors).set(subProcessorId, change(subProcessor)) };
};

const withoutNotice = ({ noticedEnd: _noticedEnd, ...scope }: ContractScope): ContractScope => scope;

/** The scope at the beginning of a contract: it allows nothing, since nothing is instructed yet. */
export const scopeOfConcluded = (
  data: Extract<ContractEvent, { type: 'ContractConcluded' }>['data'],
): ContractScope => ({
  contractId: data.contractId,
  controllerId: data.controllerId,
  startsAt: data.startsAt.at,
  isClosed: false,
  terms: [{ effectiveAt: data.startsAt.at, terms: data.terms }],
  suspensions: [],
  issuers: issuersFromTheStart(data),
  subProcessors: new Map(),
  instructions: new Map(),
  dataSets: new Map(),
});

type SubProcessorEvent = Extract<ContractEvent, { type: `SubProcessor${string}` }>;
type AgreementEvent = Exclude<ContractEvent, SubProcessorEvent | { type: 'ContractConcluded' }>;

export const evolveSubProcessor = (scope: ContractScope, event: SubProcessorEvent): ContractScope => {
  const { subProcessorId } = event.data;
  switch (event.type) {
    case 'SubProcessorAnnounced': {
      const { countries, objectionUntil } = event.data;
      return withSubProcessor(scope, subProcessorId, ({ uses }) => ({
        uses: [...uses, { interval: { from: objectionUntil.at }, countries }],
        windowClosesAt: objectionUntil.at,
        isObjected: false,
      }));
    }
    case 'SubProcessorAuthorised': {
      const { countries, effectiveAt } = event.data;
      return withSubProcessor(scope, subProcessorId, ({ uses }) => ({
        uses: [...uses, { interval: { from: effectiveAt }, countries }],
        isObjected: false,
      }));
    }
    case 'SubProcessorObjected':
      // An objection in time means that it was never to be used: nothing of the announcement remains.
      return withSubProcessor(scope, subProcessorId, () => ({ uses: [], isObjected: true }));
    case 'SubProcessorDismissed': {
      const { effectiveAt } = event.data;
      return withSubProcessor(scope, subProcessorId, (subProcessor) => ({
        ...subProcessor,
        uses: subProcessor.uses.map(({ interval, countries }) => ({
          interval: cutAt(interval, effectiveAt),
          countries,
        })),
      }));
    }
  }
};

export const evolveAgreement = (scope: ContractScope, event: AgreementEvent): ContractScope => {
  switch (event.type) {
    case 'ContractAmended': {
      const { effectiveAt, terms } = event.data;
      const earlier = scope.terms.filter((other) => other.effectiveAt < effectiveAt);
      return { ...scope, terms: [...earlier, { effectiveAt, terms }] };
    }
    case 'ContractSuspended':
      return { ...scope, suspensions: opened(scope.suspensions, event.data.effectiveAt) };
    case 'ContractResumed':
      return { ...scope, suspensions: closed(scope.suspensions, event.data.effectiveAt) };
    case 'TerminationNoticeGiven':
      return { ...scope, noticedEnd: event.data.endsAt.at };
    case 'TerminationNoticeWithdrawn':
      return withoutNotice(scope);
    case 'ContractTerminated':
      return { ...scope, recordedEnd: event.data.endedAt.at };
    case 'ContractClosed':
      return { ...scope, isClosed: true };
    case 'EndOfServiceChosen':
      return scope;
    case 'IssuerAuthorised': {
      const { issuerId, interval } = event.data;
      return { ...scope, issuers: [...scope.issuers, { issuerId, interval }] };
    }
    case 'IssuerRevoked': {
      const { issuerId, effectiveAt } = event.data;
      const issuers = scope.issuers.map((authority) =>
        authority.issuerId === issuerId
          ? { ...authority, interval: cutAt(authority.interval, effectiveAt) }
          : authority,
      );
      return { ...scope, issuers };
    }
  }
};
